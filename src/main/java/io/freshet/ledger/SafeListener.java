package io.freshet.ledger;

import io.freshet.event.Change;
import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.state.ReportState;
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

    void opened(Change change) {
        tell(() -> listener.opened(change));
    }

    void moved(ReportKey report, ReportState state) {
        tell(() -> listener.moved(report, state));
    }

    void told(RunEvent event) {
        tell(() -> listener.told(event));
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
