package io.freshet.run;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;

/** Lets the steps that are under way end before this replica does. */
record FinishSteps(StepDriver steps, ScheduledExecutorService timer) {

    private static final Logger LOG = Logger.getLogger(FinishSteps.class);
    /** How long a shutdown waits for answers of Mode's. */
    private static final Duration GRACE = Duration.ofSeconds(8);

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
