package io.freshet.schedule;

import io.freshet.event.ReportKey;
import io.freshet.state.ReportState;
import io.freshet.state.Step;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A report in the queue of steps: where it stands, and its one step. Not for several threads. */
final class QueuedReport {

    /** In the order of the queue. */
    record Slot(Instant due, ReportKey report) {}

    final int partition;
    ReportState state;
    boolean begun;

    @Nullable Slot slot;

    StepQueue.@Nullable Claimed taken;

    QueuedReport(int partition, ReportState state) {
        this.partition = partition;
        this.state = state;
    }

    boolean isBackfillNoMore() {
        return taken != null
                && !begun
                && taken.step().kind() == Step.Kind.BACKFILL
                && state.step().filter(step -> step.kind() == Step.Kind.POST).isPresent();
    }

    /** Whether nobody has its step, and it isn't in the order either. */
    boolean rests() {
        return taken == null && slot == null;
    }
}
