package io.freshet.run;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;

/** Lets the steps, and then the calls, that are under way end before their workspaces go to another replica, or this one ends. */
@ApplicationScoped
class FinishSteps {

    private static final Logger LOG = Logger.getLogger(FinishSteps.class);
    /** How long a shutdown waits for answers of Mode's. */
    private static final Duration GRACE = Duration.ofSeconds(8);

    private final StepDriver steps;
    private final LimitKeeper limits;
    private final ScheduledExecutorService timer;

    FinishSteps(StepDriver steps, LimitKeeper limits, @Identifier("timer") ScheduledExecutorService timer) {
        this.steps = steps;
        this.limits = limits;
        this.timer = timer;
    }

    /** Begins no more steps for these partitions; ends when neither a step nor a call is under way. */
    CompletionStage<Void> leave(Set<Integer> theirs) {
        return steps.leave(theirs).thenCompose(idle -> limits.leave(theirs));
    }

    /** Begins no more steps at all. Ends when those under way have, and calls for these partitions, or the grace period. */
    Uni<Void> finish(Set<Integer> all) {
        return Uni.createFrom()
                .completionStage(steps.leaveAll().thenCompose(idle -> limits.leave(all)))
                .ifNoItem()
                .after(GRACE)
                .on(timer)
                .recoverWithItem(() -> {
                    LOG.warnf("stopped with steps under way after %s: the next start finds out about them", GRACE);
                    return null;
                });
    }
}
