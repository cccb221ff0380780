package io.freshet.ledger;

import io.freshet.event.FactKey;
import io.freshet.event.HeldBack;
import io.freshet.event.ReportKey;
import io.freshet.event.Target;
import io.freshet.event.WorkspaceChanged;
import io.freshet.event.WorkspaceFact;
import io.freshet.event.WorkspaceFactJson;
import io.freshet.state.Transition;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is known of a workspace is added and taken back, and told once each time, in the same transaction. */
final class StageFacts {

    private StageFacts() {}

    /** Has no effect if it is known already: who came first is the one who has done it. */
    static void add(FactKey key, String why, Optional<String> by, Staging staging) {
        if (staging.fact(key).isEmpty()) {
            var fact = new WorkspaceFact(key, why, by, staging.now());
            staging.staged().facts().put(key, Optional.of(fact));
            staging.staged().save(new StateKey.OfFact(key), () -> WorkspaceFactJson.write(fact));
            staging.staged().tell(WorkspaceChanged.now(fact));
        }
    }

    /** Why nothing may be posted for the report now, if so: see {@link WorkspaceFacts#holdOf}. */
    static Optional<WorkspaceFact> holdOf(ReportKey report, Staging staging) {
        var ofSources = BatchHolds.batches(report.account(), staging.report(report))
                .flatMap(batch -> staging.batch(batch).stream())
                .flatMap(batch -> FactKey.holdOf(report.account(), batch.target()).stream());
        return Stream.concat(FactKey.holdsOf(report), ofSources)
                .flatMap(key -> staging.fact(key).stream())
                .findFirst();
    }

    /** Whether changes of this target are not to be planned now. */
    static boolean isHeld(String account, Target target, Staging staging) {
        return FactKey.holdOf(account, target).flatMap(staging::fact).isPresent();
    }

    /** Those of them for which nothing may be posted now. */
    static List<HeldBack> held(Collection<ReportKey> reports, Staging staging) {
        return reports.stream()
                .flatMap(report -> holdOf(report, staging).stream()
                        .map(hold -> new HeldBack(
                                report.reportToken(),
                                report.kind().word(),
                                hold.key().subject())))
                .toList();
    }

    /** Whether the step would lead to a POST while nothing may be posted. What was intended before may have left already. */
    static boolean forbid(Transition step, ReportKey report, Staging staging) {
        return step.to().ifPosting().isPresent()
                && staging.report(report).ifWaiting().isPresent()
                && holdOf(report, staging).isPresent();
    }

    /** Has no effect if it isn't known. */
    static void takeBack(FactKey key, String why, Optional<String> by, Staging staging) {
        if (staging.fact(key).isPresent()) {
            staging.staged().facts().put(key, Optional.empty());
            staging.staged().remove(new StateKey.OfFact(key));
            staging.staged().tell(WorkspaceChanged.noLonger(new WorkspaceFact(key, why, by, staging.now())));
        }
    }
}
