package io.freshet.run;

import io.freshet.event.ReportKey;
import io.freshet.plan.RefusedRuns;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Which datasets Mode refuses to run, as the state of the workspaces of this replica says. */
@ApplicationScoped
class RefusedInState implements RefusedRuns {

    private final StepDriver steps;
    private final Clock clock;

    RefusedInState(StepDriver steps, Clock clock) {
        this.steps = steps;
        this.clock = clock;
    }

    @Override
    public boolean isRefused(String account, String dataset) {
        return steps.find(ReportKey.dataset(account, dataset))
                .filter(state -> state.wasRefusedLately(clock.instant()))
                .isPresent();
    }
}
