package io.freshet.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Change;
import io.freshet.event.ChangeRef;
import io.freshet.event.RecordPlace;
import io.freshet.event.Target;
import io.freshet.event.Traces;
import io.freshet.testing.LogLines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A writer whose identities aren't unique is told of, and doesn't fill the log. */
class ConflictsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7);
    private final Conflicts conflicts = new Conflicts(metrics, nanos::get);
    private final LogLines lines = LogLines.of(Conflicts.class);

    @AfterEach
    void leave() {
        lines.close();
    }

    private void told(String id) {
        conflicts.told(new Change(
                "acme",
                new Target.Space("50ace"),
                new ChangeRef("/etl", id, NOON, null),
                Traces.none(),
                new RecordPlace("upstream-data-changed", 3, 42, NOON)));
    }

    private double counted() {
        return metrics.counter("freshet.changes.conflicting", "account", "acme").count();
    }

    @Test
    void shouldCountAllAndLogOneAMinute() {
        told("lsn:1\u202e");
        told("lsn:2");
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        told("lsn:3");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        told("lsn:4");

        assertThat(counted()).isEqualTo(4);
        assertThat(lines.texts()).hasSize(2);
        assertThat(lines.texts().get(0))
                .contains("account=acme space=50ace record=upstream-data-changed/3/42 source=\"/etl\" id=\"lsn:1?\"");
        assertThat(lines.texts().get(1)).contains("id=\"lsn:4\"");
    }
}
