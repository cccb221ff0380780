package io.freshet.ledger;

import io.freshet.event.ChangeRefs;
import io.freshet.event.FreshnessChanged;
import io.freshet.event.FreshnessChanged.Kind;
import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.event.RunFinished;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportState;
import io.freshet.state.Unshown;
import io.freshet.state.Unshown.Breach;
import io.freshet.state.Unshown.Part;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/** Which changes reports under objectives don't show yet, that a report is late, and that it is so no longer. */
final class StageObjectives {

    private StageObjectives() {}

    /** What is to be shown from now on. */
    static void planned(
            LedgerEntry.Planned planned, Map<ReportKey, RefreshRequest> requests, ChangeRefs refs, Staging staging) {
        requests.forEach((report, request) -> {
            var objectives = planned.objectives().getOrDefault(report.reportToken(), Collections.emptySortedSet());
            if (!report.isDataset() && !objectives.isEmpty()) {
                var part = new Part(
                        refs.batches().first(),
                        request.datasetTokens(),
                        objectives,
                        refs.listed().get(0));
                save(report, unshown(report, staging).planned(part, staging.report(report)::carries), staging);
            }
        });
    }

    /** What a run that has ended well shows, and that a report is late no longer. */
    static void after(RunEvent event, ReportState state, Staging staging) {
        succeeded(event).ifPresent(run -> {
            var report = run.report();
            var before = unshown(report, staging);
            if (before.isNothing() || report.isDataset()) {
                return;
            }
            var after = before.shown(run.changes().batches(), run.datasetTokens(), state::carries);
            for (var breach : before.breaches().entrySet()) {
                after = restored(report, breach.getKey(), breach.getValue(), after, staging);
            }
            if (!after.equals(before)) {
                save(report, after, staging);
            }
        });
    }

    private static Optional<RunFinished> succeeded(RunEvent event) {
        return event.<Optional<RunFinished>>fold(
                        accepted -> Optional.empty(), Optional::of, rejected -> Optional.empty())
                .filter(run -> run.outcome() == Outcome.SUCCEEDED);
    }

    private static Unshown restored(ReportKey report, String objective, Breach breach, Unshown after, Staging staging) {
        if (after.late(objective, breach.within(), staging.now()).isPresent()) {
            return after;
        }
        tell(Kind.RESTORED, report, objective, breach, staging);
        return after.restored(objective);
    }

    /** Has no effect if the report is not late by now, or that is told. */
    static void breached(LedgerEntry.Breached breached, Staging staging) {
        var report = breached.report();
        var before = unshown(report, staging);
        if (before.breaches().containsKey(breached.objective())) {
            return;
        }
        before.late(breached.objective(), breached.within(), staging.now()).ifPresent(change -> {
            var breach = new Breach(change, breached.within(), staging.now());
            tell(Kind.BREACHED, report, breached.objective(), breach, staging);
            save(report, before.breached(breached.objective(), breach), staging);
        });
    }

    /** Nobody runs the report any more. */
    static void forget(ReportKey report, Staging staging) {
        if (!unshown(report, staging).isNothing()) {
            save(report, Unshown.NOTHING, staging);
        }
    }

    private static Unshown unshown(ReportKey report, Staging staging) {
        var moved = staging.staged().objectives().unshown().get(report);
        return moved == null ? staging.committed(report.account()).unshown(report) : moved;
    }

    private static void save(ReportKey report, Unshown unshown, Staging staging) {
        var key = new StateKey.OfUnshown(report);
        if (staging.committed(report.account()).isQuarantined(key)) {
            return;
        }
        staging.staged().objectives().unshown().put(report, unshown);
        if (unshown.isNothing()) {
            staging.staged().remove(key);
        } else {
            staging.staged().save(key, () -> UnshownJson.write(unshown));
        }
    }

    private static void tell(Kind kind, ReportKey report, String objective, Breach breach, Staging staging) {
        var told = FreshnessChanged.of(kind, report, objective, breach.change(), breach.within(), staging.now());
        staging.staged()
                .objectives()
                .told()
                .add(new StagedTransaction.OfEntry<>(staging.staged().origin(), told));
    }
}
