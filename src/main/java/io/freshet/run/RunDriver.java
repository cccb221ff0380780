package io.freshet.run;

import io.freshet.event.BatchEvent;
import io.freshet.event.Change;
import io.freshet.event.FactKey;
import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.event.WorkspaceChanged;
import io.freshet.event.WorkspaceFact;
import io.freshet.event.WorkspacePartitions;
import io.freshet.ledger.LedgerEntry;
import io.freshet.ledger.LedgerListener;
import io.freshet.ledger.RestoredPartition;
import io.freshet.ledger.WorkspaceFacts;
import io.freshet.lineage.LineageKey;
import io.freshet.lineage.LineageRun;
import io.freshet.replica.Membership;
import io.freshet.state.OpenBatch;
import io.freshet.state.ReportState;
import io.freshet.state.Unshown;
import io.freshet.telemetry.OpenChanges;
import io.freshet.telemetry.Telemetry;
import io.freshet.telemetry.Tracing;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The owner: hears of what is committed for its workspaces, and has done what follows from it. */
@ApplicationScoped
public class RunDriver implements LedgerListener {

    private final StepDriver steps;
    private final PlanDriver plans;
    private final LimitKeeper limits;
    private final ForgetDriver forgets;
    private final WorkspaceFacts facts;
    private final WatchObjectives objectives;
    private final OpenChanges openChanges;
    private final QuarantinedKeys quarantined;
    private final WorkspacePartitions partitions;
    private final Membership membership;
    private final Telemetry telemetry;
    private final Tracing tracing;
    private final FinishSteps finishSteps;

    RunDriver(
            StepDriver steps,
            PlanDriver plans,
            LimitKeeper limits,
            ForgetDriver forgets,
            WorkspaceFacts facts,
            WatchObjectives objectives,
            OpenChanges openChanges,
            QuarantinedKeys quarantined,
            WorkspacePartitions partitions,
            Membership membership,
            Telemetry telemetry,
            Tracing tracing,
            FinishSteps finishSteps) {
        this.steps = steps;
        this.plans = plans;
        this.limits = limits;
        this.forgets = forgets;
        this.facts = facts;
        this.objectives = objectives;
        this.openChanges = openChanges;
        this.quarantined = quarantined;
        this.partitions = partitions;
        this.membership = membership;
        this.telemetry = telemetry;
        this.tracing = tracing;
        this.finishSteps = finishSteps;
    }

    @Override
    public void joined(String member, Set<Integer> partitions) {
        limits.assigned(partitions);
        membership.joined(member);
    }

    @Override
    public void restored(int partition, RestoredPartition restored) {
        limits.restored(partition, restored.limits(), restored.facts());
        quarantined.are(partition, restored.quarantined());
        facts.restored(account -> partitions.of(account) == partition, restored);
        objectives.restored(account -> partitions.of(account) == partition, restored.unshown());
        steps.open(partition, restored.reports());
        plans.left(account -> partitions.of(account) == partition); // it may have been read back
        openChanges.restored(account -> partitions.of(account) == partition, restored.changes());
        plans.restored(restored);
        forgets.restored(partition);
    }

    @Override
    public void opened(Change change) {
        openChanges.opened(change);
        plans.opened(List.of(change));
    }

    @Override
    public void moved(ReportKey report, ReportState state) {
        telemetry.moved(report, state.name());
        steps.moved(partitions.of(report.account()), report, state);
    }

    @Override
    public void told(RunEvent event) {
        telemetry.told(event);
        tracing.told(event);
    }

    @Override
    public void told(BatchEvent event) {
        facts.told(event);
        openChanges.told(event);
    }

    @Override
    public void unproved(OpenBatch batch) {
        plans.prove(batch);
    }

    @Override
    public void changed(FactKey key, Optional<WorkspaceFact> fact) {
        facts.changed(key, fact);
        if (fact.isEmpty()) {
            steps.released();
            plans.released();
        }
    }

    @Override
    public void changed(ReportKey report, Unshown unshown) {
        objectives.changed(report, unshown);
    }

    @Override
    public void changed(LineageKey run, Optional<LineageRun> known) {
        plans.heard(run, known);
    }

    @Override
    public void told(WorkspaceChanged event) {
        telemetry.told(event);
    }

    @Override
    public void forgotten(ReportKey report) {
        steps.forgotten(report);
    }

    @Override
    public void tooLarge(Change change) {
        telemetry.deadLetter(change.place(), "too_large", "it is larger than the state topic takes");
    }

    @Override
    public void conflicting(Change change) {
        telemetry.conflicting(change);
    }

    @Override
    public CompletionStage<Void> leaving(Set<Integer> theirs) {
        plans.left(account -> theirs.contains(partitions.of(account)));
        var idle = finishSteps.leave(theirs);
        // Partitions that were lost come as if they were revoked. Then what the steps lead to would be refused.
        return membership.isSure() ? idle : Uni.createFrom().voidItem().subscribeAsCompletionStage();
    }

    @Override
    public List<LedgerEntry> handOver(Set<Integer> theirs) {
        return limits.handOver(theirs);
    }

    @Override
    public void left(Set<Integer> theirs) {
        forgets.left(theirs);
        openChanges.left(account -> theirs.contains(partitions.of(account)));
        plans.left(account -> theirs.contains(partitions.of(account)));
        limits.left(theirs);
        steps.left(theirs);
        facts.left(account -> theirs.contains(partitions.of(account)));
        objectives.left(account -> theirs.contains(partitions.of(account)));
        quarantined.left(theirs);
    }

    /** The partitions that are this replica's and restored. */
    public Set<Integer> owned() {
        return forgets.owned();
    }

    /** Begins no more steps. Ends when those under way have, or the grace period. */
    public Uni<Void> finish() {
        plans.left(account -> true);
        return finishSteps.finish(owned());
    }
}
