package io.freshet.ledger;

import io.freshet.event.Change;
import io.freshet.event.ChangeDigests;
import io.freshet.event.ChangeKey;
import io.freshet.event.ChangePlanned;
import io.freshet.event.ChangeRefs;
import io.freshet.event.LeftOut;
import io.freshet.event.NotSucceeded;
import io.freshet.event.ReportKey;
import io.freshet.state.AffectedDatasets;
import io.freshet.state.OpenBatch;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Changes become a batch: their reports carry it from now on, or there is a reason why none does. */
final class StagePlan {

    private static final Logger LOG = Logger.getLogger(StagePlan.class);

    private StagePlan() {}

    /**
     * Has no effect if none of the changes is open and unplanned, as where the plan was made twice.
     *
     * @return what failed: the batch is not planned, as its data source is held
     */
    static Optional<HeldMeanwhile> planned(LedgerEntry.Planned planned, Staging staging) {
        if (StageFacts.isHeld(planned.account(), planned.target(), staging)) {
            return Optional.of(new HeldMeanwhile());
        }
        plan(planned, staging);
        return Optional.empty();
    }

    private static void plan(LedgerEntry.Planned planned, Staging staging) {
        var changes = unplanned(planned.changes(), staging);
        if (changes.isEmpty()) {
            return;
        }
        var key = staging.nextBatch(planned.account());
        var refs = refs(changes).in(planned.traces()).inBatch(key.number());
        var leftOut = new ArrayList<>(planned.leftOut());
        var lost = new ArrayList<>(planned.notFound());
        var requests = writable(planned.requests(), lost, staging);
        lost.forEach(one -> leftOut.add(new LeftOut(one.token(), one.kind(), one.reason())));
        var awaits = new AwaitedDatasets(planned.awaits(), requests.keySet());
        var batch = OpenBatch.planned(
                        key,
                        planned.target(),
                        refs,
                        ChangeDigests.of(changes),
                        requests.size(),
                        leftOut.size(),
                        lost,
                        staging.now())
                .affecting(affected(planned, requests.values()));
        var moved = new LinkedHashMap<ReportKey, ReportState>();
        Function<ReportKey, ReportState> states =
                report -> Optional.ofNullable(moved.get(report)).orElseGet(() -> staging.report(report));
        requests.forEach((report, request) -> moved.put(
                report,
                awaits.into(report, request.because(refs), states)
                        .named(Optional.ofNullable(planned.names().get(report.reportToken())))));
        for (var report : moved.entrySet()) {
            staging.staged()
                    .releases()
                    .alone(
                            staging.staged().origin().of(report.getKey()),
                            () -> staging.save(report.getKey(), report.getValue()));
            batch = batch.carried();
        }
        StageObjectives.planned(planned, requests, refs, staging);
        staging.staged()
                .tell(new ChangePlanned(
                        key,
                        planned.target(),
                        refs,
                        planned.datasets(),
                        requests.keySet().stream()
                                .filter(report -> !report.isDataset())
                                .map(ReportKey::reportToken)
                                .toList(),
                        leftOut,
                        StageFacts.held(requests.keySet(), staging),
                        awaits.areSome(),
                        planned.names(),
                        planned.why(),
                        staging.now()));
        staging.save(batch);
        SettleChanges.settleIfOver(batch, staging);
    }

    /** A dataset that no report shows interests nobody. */
    private static AffectedDatasets affected(LedgerEntry.Planned planned, Collection<RefreshRequest> requests) {
        var tokens = new TreeSet<String>();
        requests.forEach(request -> tokens.addAll(request.datasetTokens()));
        var fresh = planned.leftOut().stream()
                .filter(one -> one.reason().equals(LeftOut.ALREADY_FRESH))
                .map(LeftOut::token)
                .collect(Collectors.toCollection(TreeSet::new));
        return new AffectedDatasets(tokens, fresh, planned.knownAt());
    }

    /** They will never mean anything. Each of their batches is small enough to be told in one transaction. */
    static void refused(LedgerEntry.Refused refused, Staging staging) {
        var changes = unplanned(refused.changes(), staging);
        for (var from = 0; from < changes.size(); from += SettleChanges.MOST) {
            var to = Math.min(from + SettleChanges.MOST, changes.size());
            refused(refused, changes.subList(from, to), staging);
        }
    }

    private static void refused(LedgerEntry.Refused refused, List<Change> changes, Staging staging) {
        var key = staging.nextBatch(refused.account());
        var batch = OpenBatch.refused(
                key,
                refused.target(),
                refs(changes).inBatch(key.number()),
                ChangeDigests.of(changes),
                ChangeDigests.ofPlaces(changes),
                refused.why(),
                staging.now());
        staging.save(batch);
        SettleChanges.settleIfOver(batch, staging);
    }

    /** A token is one target. What somebody asks for as a report may be known to be a dataset. */
    private static ReportKey target(ReportKey asked, Staging staging) {
        var dataset = ReportKey.dataset(asked.account(), asked.reportToken());
        return staging.report(dataset).equals(ReportState.unknown()) ? asked : dataset;
    }

    private static List<Change> unplanned(List<ChangeKey> keys, Staging staging) {
        return keys.stream()
                .distinct()
                .filter(staging::isUnplanned)
                .flatMap(key -> staging.change(key).stream())
                .toList();
    }

    private static ChangeRefs refs(List<Change> changes) {
        return ChangeRefs.of(changes.stream().map(Change::ref).toList());
    }

    private static Map<ReportKey, RefreshRequest> writable(
            Map<ReportKey, RefreshRequest> requests, List<NotSucceeded> lost, Staging staging) {
        var writable = new LinkedHashMap<ReportKey, RefreshRequest>();
        requests.forEach((asked, request) -> {
            var target = target(asked, staging);
            var datasets = target.isDataset() ? new TreeSet<>(List.of(target.reportToken())) : request.datasetTokens();
            writable.put(target, request.naming(datasets));
        });
        writable.keySet().removeIf(report -> {
            var why = unwritable(report, staging);
            why.ifPresent(reason -> {
                LOG.warnf("report=%s is left out of a plan: %s", report, reason);
                lost.add(new NotSucceeded(report.reportToken(), report.kind().word(), "left_out", reason, null));
            });
            return why.isPresent();
        });
        return writable;
    }

    /** Why the record of a report can't be written, so that it alone is left out. */
    private static Optional<String> unwritable(ReportKey report, Staging staging) {
        if (staging.isQuarantined(report)) {
            return Optional.of("quarantined");
        }
        var staged = staging.staged();
        return staged.releases().isSetAside(staged.origin().of(report)) ? Optional.of("too_large") : Optional.empty();
    }
}
