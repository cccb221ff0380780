package io.freshet;

import io.freshet.mode.Mode;
import io.freshet.mode.Permit;
import io.freshet.schedule.StepQueue;
import io.freshet.state.Posting;
import io.freshet.state.ReportState;
import io.freshet.state.Transition;
import io.freshet.state.Waiting;
import io.freshet.telemetry.Tracing;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A POST that leaves as soon as its intent is saved, together with the request that it is for. */
final class ImmediatePost {

    private final StepQueue.Claimed item;
    private final Mode mode;
    private final Permit permit;
    private final RunDriver steps;
    private final PostRun postRun;
    private final Tracing tracing;
    /** The last one that was written: a transaction may be tried again. */
    private volatile @Nullable Posting intent;

    ImmediatePost(StepQueue.Claimed item, Mode mode, Permit permit, RunDriver steps, PostRun postRun, Tracing tracing) {
        this.item = item;
        this.mode = mode;
        this.permit = permit;
        this.steps = steps;
        this.postRun = postRun;
        this.tracing = tracing;
    }

    Transition intend(Waiting waiting) {
        var step = postRun.intend(waiting, mode);
        intent = step.to().ifPosting().orElse(null);
        return step;
    }

    /**
     * Nobody waits for a step, so this is where it is subscribed to.
     *
     * @param committed where the report stands; it may be elsewhere than where this would have left from
     */
    void leave(Optional<ReportState> committed) {
        committed
                .flatMap(ReportState::ifPosting)
                .filter(this::isIntended)
                .map(posting -> tracing.following(posting, postRun.post(item.report(), posting, mode, permit)))
                .orElseGet(() -> Uni.createFrom().voidItem())
                .eventually(permit::giveBack)
                .subscribe()
                .with(done -> steps.over(item), failure -> steps.failed(item, failure));
    }

    private boolean isIntended(Posting posting) {
        var mine = intent;
        return mine != null && posting.isAttempt(mine);
    }
}
