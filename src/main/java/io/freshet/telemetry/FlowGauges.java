package io.freshet.telemetry;

import io.freshet.event.Kind;
import io.freshet.schedule.ReportStates;
import io.freshet.schedule.StepQueue;
import io.freshet.state.ReportState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** What this replica has in hand at present; each says at its beginning where that is to be seen. */
@ApplicationScoped
public class FlowGauges {

    private final Clock clock;
    private final MeterRegistry metrics;
    private volatile ReportStates reports = new StepQueue((report, state) -> false);

    FlowGauges(Clock clock, MeterRegistry metrics) {
        this.clock = clock;
        this.metrics = metrics;
    }

    /** How many records have been read and are not yet written on. */
    public void watchIntake(IntSupplier inFlight) {
        Gauge.builder("freshet.intake.in.flight", inFlight::getAsInt)
                .description("records that have been read and are not yet in the inbox or a dead letter")
                .strongReference(true)
                .register(metrics);
    }

    /** Where the reports stand; measured from now on. */
    public void watchReports(ReportStates states) {
        reports = states;
        for (var kind : Kind.values()) {
            ReportState.NAMES.forEach(state -> count(kind, state));
        }
        TimeGauge.builder("freshet.waiting.oldest", () -> oldestWaiting().toMillis(), TimeUnit.MILLISECONDS)
                .description("how long the oldest request has waited to be posted")
                .strongReference(true)
                .register(metrics);
    }

    private void count(Kind kind, String state) {
        Gauge.builder("freshet.reports", () -> reports.census(kind).getOrDefault(state, 0))
                .description("reports of this replica, and datasets that are run by themselves")
                .tag("kind", kind.word())
                .tag("state", state)
                .strongReference(true)
                .register(metrics);
    }

    private Duration oldestWaiting() {
        return waiting(clock.instant()).orElse(Duration.ZERO);
    }

    /** How long the oldest request has waited to be posted; whoever wrote it may have a clock that is fast. */
    public Optional<Duration> waiting(Instant now) {
        return reports.waitingSince().map(since -> since.isBefore(now) ? Duration.between(since, now) : Duration.ZERO);
    }
}
