package io.freshet.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Kind;
import io.freshet.event.ReportKey;
import io.freshet.schedule.ReportStates;
import io.freshet.state.ReportState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlowGaugesTest {

    private static final Instant NOW = Instant.parse("2026-08-01T00:00:00Z");

    private record Reports(Map<String, Integer> reports, Optional<Instant> waitingSince) implements ReportStates {
        @Override
        public Map<ReportKey, ReportState> all() {
            return Map.of();
        }

        @Override
        public Map<String, Integer> census(Kind kind) {
            return kind == Kind.REPORT ? reports : Map.of("running", 3);
        }
    }

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final FlowGauges flows = new FlowGauges(Clock.fixed(NOW, ZoneOffset.UTC), metrics);

    @Test
    void shouldMeasureHowManyReportsStandWhere() {
        flows.watchReports(new Reports(Map.of("waiting", 2, "running", 1), Optional.empty()));

        assertThat(reports("waiting")).isEqualTo(2);
        assertThat(reports("posting")).isZero();
        assertThat(reports("running")).isEqualTo(1);
        assertThat(reports("settled")).isZero();
        assertThat(measured(Kind.DATASET, "running")).isEqualTo(3);
    }

    @Test
    void shouldMeasureHowLongTheOldestWishHasWaited() {
        flows.watchReports(new Reports(Map.of("waiting", 1), Optional.of(NOW.minusSeconds(3))));

        assertThat(oldestWaiting()).isEqualTo(3);
    }

    @Test
    void shouldMeasureNoWaitingWhereNoneWaits() {
        flows.watchReports(new Reports(Map.of(), Optional.empty()));

        assertThat(oldestWaiting()).isZero();
    }

    @Test
    void shouldNotTakeAClockThatIsFastForNegativeWaiting() {
        flows.watchReports(new Reports(Map.of("waiting", 1), Optional.of(NOW.plusSeconds(5))));

        assertThat(oldestWaiting()).isZero();
    }

    private double reports(String state) {
        return measured(Kind.REPORT, state);
    }

    private double measured(Kind kind, String state) {
        return metrics.get("freshet.reports")
                .tag("kind", kind.word())
                .tag("state", state)
                .gauge()
                .value();
    }

    private double oldestWaiting() {
        return metrics.get("freshet.waiting.oldest").gauge().value();
    }
}
