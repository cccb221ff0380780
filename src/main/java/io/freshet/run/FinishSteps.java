package io.freshet.run;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;

/** Lets the steps that are under way end before this replica does. */
@ApplicationScoped
class FinishSteps {

    private static final Logger LOG = Logger.getLogger(FinishSteps.class);
    /** How long a shutdown waits for answers of Mode's. */
    private static final Duration GRACE = Duration.ofSeconds(8);

    private final StepDriver steps;
    private final ScheduledExecutorService timer;

    FinishSteps(StepDriver steps, @Identifier("timer") ScheduledExecutorService timer) {
        this.steps = steps;
        this.timer = timer;
    }

    /** Begins no more steps. Ends when those under way have, or the grace period. */
    Uni<Void> finish() {
        return Uni.createFrom()
                .completionStage(steps.leaveAll())
                .ifNoItem()
                .after(GRACE)
                .on(timer)
                .recoverWithItem(() -> {
                    LOG.warnf("stopped with steps under way after %s: the next start finds out about them", GRACE);
                    return null;
                });
    }
}
