package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.telemetry.log.OncePerMinute;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WriteTroubleTest {

    private final AtomicLong nanos = new AtomicLong();
    private final WriteTrouble trouble = new WriteTrouble(nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void shouldSayWhyAndForHowLongUntilAllIsWritten() {
        trouble.failed("not_begun", new IllegalStateException("no right"));
        pass(Duration.ofSeconds(90));
        trouble.failed("not_begun", new IllegalStateException("still no right"));

        assertThat(trouble.cause()).contains("nothing has been saved for 90s: still no right");

        trouble.isOver();
        assertThat(trouble.cause()).isEmpty();
    }

    @Test
    void shouldNameAFailureThatSaysNothing() {
        trouble.failed("unknown", new IllegalStateException());

        assertThat(trouble.cause()).contains("nothing has been saved for 0s: java.lang.IllegalStateException");
    }

    @Test
    void shouldLetEachThingBeSaidOnceAMinute() {
        var lines = new OncePerMinute(nanos::get);

        assertThat(lines.isDue("not_begun")).isTrue();
        assertThat(lines.isDue("aborted")).isTrue();
        pass(Duration.ofSeconds(59));
        assertThat(lines.isDue("not_begun")).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(lines.isDue("not_begun")).isTrue();
        assertThat(lines.isDue("not_begun")).isFalse();
    }
}
