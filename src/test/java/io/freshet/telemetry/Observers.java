package io.freshet.telemetry;

import io.freshet.event.Presentation;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;

/** All that watches a replica. */
public record Observers(
        Telemetry telemetry,
        OpenChanges openChanges,
        FlowGauges gauges,
        Tracing tracing,
        LateReports lateReports,
        LineageRuns lineageRuns) {

    public static Observers of(MeterRegistry metrics, Presentation presentation, Clock clock) {
        return new Observers(
                new Telemetry(metrics, presentation),
                new OpenChanges(metrics, clock),
                new FlowGauges(clock, metrics),
                new Tracing(OpenTelemetry.noop().getTracer("simulation")),
                new LateReports(metrics),
                new LineageRuns(metrics));
    }
}
