package io.freshet.ledger;

import io.freshet.event.BatchEvent;
import io.freshet.event.Change;
import io.freshet.event.FactKey;
import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.event.WorkspaceChanged;
import io.freshet.event.WorkspaceFact;
import io.freshet.lineage.LineageKey;
import io.freshet.lineage.LineageRun;
import io.freshet.state.OpenBatch;
import io.freshet.state.ReportState;
import io.freshet.state.Unshown;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Hears of everything once it is committed. Calls but the first come one at a time; all must return at once. */
public interface LedgerListener {

    /** This replica is in the consumer group, under this name, and has these partitions besides those of before. */
    void joined(String member, Set<Integer> partitions);

    /** This replica owns the partition from now on, and this is what is known of its workspaces. */
    void restored(int partition, RestoredPartition restored);

    /** A change is open. */
    void opened(Change change);

    /** Something is known of a workspace from now on; or, if it is empty, it is known no longer. */
    void changed(FactKey key, Optional<WorkspaceFact> fact);

    /** This is what a report under objectives hasn't shown now. */
    void changed(ReportKey report, Unshown unshown);

    /** This is what is known of a run of OpenLineage now; or, if it is empty, nothing follows from it any more. */
    void changed(LineageKey run, Optional<LineageRun> known);

    /** A report of an owned partition is in this state now. */
    void moved(ReportKey report, ReportState state);

    /** An event has been written. */
    void told(RunEvent event);

    /** An event about a batch has been written. */
    void told(BatchEvent event);

    /** An event about a workspace has been written. */
    void told(WorkspaceChanged event);

    /**
     * All runs of the batch have ended, and it stays open until {@link LedgerEntry.Proved} says whether its datasets are fresh.
     * It is told again by who owns it later.
     */
    void unproved(OpenBatch batch);

    /** Nothing is known any more of a report that has settled long ago. */
    void forgotten(ReportKey report);

    /** A change was larger than the state topic takes, and has become a dead letter. */
    void tooLarge(Change change);

    /** A change had no effect, as another one with another target was known under its identity. */
    void conflicting(Change change);

    /**
     * These partitions are about to go to another replica: begin no step for their workspaces any more.
     *
     * @return ends when no step for them is under way
     */
    CompletionStage<Void> leaving(Set<Integer> partitions);

    /** What is to be written last for these partitions, whose steps have ended or are waited for no longer. */
    List<LedgerEntry> handOver(Set<Integer> partitions);

    /** These partitions have gone. */
    void left(Set<Integer> partitions);
}
