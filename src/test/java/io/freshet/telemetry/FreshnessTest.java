package io.freshet.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunFinished;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FreshnessTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Freshness freshness = new Freshness(metrics);

    private static ChangeRef change(int secondsAgo, @Nullable String dataSource) {
        return new ChangeRef("/etl", "load-" + secondsAgo, NOON.minusSeconds(secondsAgo), null, dataSource);
    }

    private void finished(Outcome outcome, ChangeRef... changes) {
        freshness.of(new RunFinished(
                new ReportKey("acme", "r1"),
                Optional.empty(),
                "run1",
                new TreeSet<>(Set.of("d1")),
                ChangeRefs.of(changes),
                outcome,
                "succeeded",
                NOON,
                false,
                NOON,
                Optional.empty()));
    }

    private long runs(String dataSource) {
        return metrics.find("freshet.freshness").tag("data_source", dataSource).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @Test
    void shouldCountForTheDataSourceOfTheOldestChange() {
        finished(Outcome.SUCCEEDED, change(10, "newer"), change(20, "older"));

        assertThat(runs("older")).isEqualTo(1);
        assertThat(runs("newer")).isZero();
    }

    @Test
    void shouldSayWhereAChangeNamesNoDataSource() {
        finished(Outcome.SUCCEEDED, change(10, null));

        assertThat(runs(Freshness.NONE)).isEqualTo(1);
    }

    @Test
    void shouldCountNoRunThatFailed() {
        finished(Outcome.FAILED, change(10, "a"));

        assertThat(metrics.getMeters()).isEmpty();
    }

    @Test
    void shouldNotGrowWithoutBound() {
        for (var n = 0; n < 3 * Freshness.MOST; n++) {
            finished(Outcome.SUCCEEDED, change(10, "source" + n));
        }
        finished(Outcome.SUCCEEDED, change(10, "source0"));

        assertThat(metrics.find("freshet.freshness").timers()).hasSize(Freshness.MOST + 1);
        assertThat(runs(Freshness.OTHER)).isEqualTo(2L * Freshness.MOST);
        assertThat(runs("source0")).isEqualTo(2);
    }
}
