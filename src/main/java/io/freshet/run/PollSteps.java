package io.freshet.run;

import io.freshet.schedule.StepQueue;
import io.freshet.state.ReportState;
import io.freshet.state.Running;
import io.freshet.telemetry.Tracing;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The steps that answers about open runs lead to, each by itself: several may hang on one answer. */
final class PollSteps {

    private final StepQueue stepQueue;
    private final Tracing tracing;
    private final BiConsumer<StepQueue.Claimed, Optional<Throwable>> ended;

    PollSteps(StepQueue stepQueue, Tracing tracing, BiConsumer<StepQueue.Claimed, Optional<Throwable>> ended) {
        this.stepQueue = stepQueue;
        this.tracing = tracing;
        this.ended = ended;
    }

    /** Never fails: what goes wrong is told with the end of the step. */
    Uni<Void> take(StepQueue.Claimed item, Function<Running, Uni<Void>> step) {
        return Uni.createFrom()
                .deferred(() -> stepQueue
                        .begin(item)
                        .flatMap(ReportState::ifRunning)
                        .map(running -> tracing.following(running, step.apply(running)))
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .onItemOrFailure()
                .invoke((done, failure) -> ended.accept(item, Optional.ofNullable(failure)))
                .onFailure()
                .recoverWithNull();
    }

    void failed(StepQueue.Claimed item, Throwable failure) {
        ended.accept(item, Optional.of(failure));
    }
}
