package io.freshet.run;

import io.freshet.event.RunHint;
import io.freshet.intake.Intake;
import io.freshet.state.ReportState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Somebody says that a run has ended: its owner asks after it, whichever replica hears of it. */
@ApplicationScoped
public class RunHints {

    private static final Logger LOG = Logger.getLogger(RunHints.class);
    /** Nobody is kept waiting for what only saves time. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final StepDriver steps;
    private final FollowRun followRun;
    private final Intake intake;

    RunHints(StepDriver steps, FollowRun followRun, Intake intake) {
        this.steps = steps;
        this.followRun = followRun;
        this.intake = intake;
    }

    /** Whether this is the open run of a report of this replica. */
    public boolean isOpenHere(RunHint hint) {
        return steps.find(hint.report())
                .flatMap(ReportState::ifRunning)
                .filter(running -> running.runToken().equals(hint.runToken()))
                .isPresent();
    }

    /** Ends when the owner has asked for it or Kafka has the hint; or soon, and then it may be lost. */
    public Uni<Void> pass(RunHint hint) {
        return isOpenHere(hint) ? followRun.hinted(hint) : forward(hint);
    }

    private Uni<Void> forward(RunHint hint) {
        return intake.forward(hint)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "hint lost: run=%s is asked after as if nothing was said", hint))
                .onFailure()
                .recoverWithNull();
    }
}
