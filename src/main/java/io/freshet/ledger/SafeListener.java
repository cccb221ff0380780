package io.freshet.ledger;

import io.freshet.event.Change;
import java.util.Set;
import org.jboss.logging.Logger;

/** Tells the listener what is committed. What it throws is logged, and touches nothing of what was written. */
final class SafeListener {

    private static final Logger LOG = Logger.getLogger(SafeListener.class);

    private final LedgerListener listener;

    SafeListener(LedgerListener listener) {
        this.listener = listener;
    }

    void restored(int partition, RestoredPartition restored) {
        tell(() -> listener.restored(partition, restored));
    }

    /** Where reports are after a transaction, and what is known of workspaces. */
    void moved(StagedTransaction staged) {
        staged.facts().forEach((key, fact) -> tell(() -> listener.changed(key, fact)));
        staged.objectives().unshown().forEach((report, unshown) -> tell(() -> listener.changed(report, unshown)));
        staged.lineage().forEach((key, run) -> tell(() -> listener.changed(key, run)));
        staged.reports()
                .forEach((report, moved) -> tell(() -> moved.ifPresentOrElse(
                        state -> listener.moved(report, state), () -> listener.forgotten(report))));
    }

    /** What else a transaction has brought. */
    void told(StagedTransaction staged) {
        staged.changes().values().forEach(change -> change.ifPresent(opened -> tell(() -> listener.opened(opened))));
        staged.told().forEach(told -> tell(() -> listener.told(told.what())));
        staged.toldOfBatches().forEach(told -> tell(() -> listener.told(told.what())));
        staged.toldOfWorkspaces().forEach(told -> tell(() -> listener.told(told.what())));
        staged.unproved().forEach(batch -> tell(() -> listener.unproved(batch)));
        staged.conflicts().forEach(change -> tell(() -> listener.conflicting(change)));
    }

    void tooLarge(Change change) {
        tell(() -> listener.tooLarge(change));
    }

    void left(Set<Integer> partitions) {
        tell(() -> listener.left(partitions));
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "somebody who was told of a committed step failed; the step stays as it is");
        }
    }
}
