package io.freshet.mode;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;

/** All that a gate ever measures. */
public final class GateMetrics {

    private GateMetrics() {}

    public static void register(MeterRegistry registry) {
        var budget = new Budget(40, Duration.ofSeconds(10));
        var gate = new Gate("acme", budget, new Circuit(() -> 0), Clock.systemUTC(), registry);
        gate.answered(new Permit(gate, Lane.POST, 0), "4e9047000001", new Answer.Success<>("a run"));
    }
}
