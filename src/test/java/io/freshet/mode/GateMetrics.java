package io.freshet.mode;

import io.freshet.mode.limit.Budget;
import io.freshet.mode.limit.CircuitBreaker;
import io.freshet.mode.limit.Lane;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;

/** All that a gate ever measures. */
public final class GateMetrics {

    private GateMetrics() {}

    public static void register(MeterRegistry registry) {
        var budget = new Budget(40, Duration.ofSeconds(10));
        var gate = new Gate(
                "acme",
                budget,
                new CircuitBreaker<>(() -> 0),
                Clocks.ofSystem(),
                Infrastructure.getDefaultExecutor(),
                Infrastructure.getDefaultWorkerPool(),
                registry);
        new Calls("acme", OpenTelemetry.noop().getTracer("test"), registry)
                .begin(Operation.POST_RUN, Lane.POST, "4e9047000001", Context.root())
                .ended(new Answer.Success<>(LenientJson.newObject()));
        gate.answered(new Permit(gate, Lane.POST, 0), "4e9047000001", new Answer.Success<>("a run"));
    }
}
