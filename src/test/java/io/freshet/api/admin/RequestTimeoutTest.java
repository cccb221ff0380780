package io.freshet.api.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RequestTimeoutTest {

    private static final Duration ENOUGH = Duration.ofMinutes(1);

    private final AtomicBoolean dropped = new AtomicBoolean();
    private final CompletableFuture<String> work = new CompletableFuture<>();
    private final Uni<String> call =
            Uni.createFrom().completionStage(work).onCancellation().invoke(() -> dropped.set(true));

    private static RequestTimeout after(Duration timeout) {
        return new RequestTimeout(() -> timeout);
    }

    @Test
    void shouldEndWhenItTakesTooLongAndLetTheWorkGoOn() {
        assertThatThrownBy(() -> after(Duration.ofMillis(50)).with(call).await().atMost(ENOUGH))
                .isInstanceOf(TimeoutException.class);

        assertThat(dropped).isFalse();
        assertThat(work).isNotCancelled();
    }

    @Test
    void shouldLetTheWorkGoOnWhenWhoeverAskedHangsUp() {
        var waiting = after(ENOUGH).with(call).subscribe().with(done -> {});

        waiting.cancel();

        assertThat(dropped).isFalse();
        assertThat(work).isNotCancelled();
    }

    @Test
    void shouldHandTheResultOn() {
        work.complete("done");

        assertThat(after(ENOUGH).with(call).await().atMost(ENOUGH)).isEqualTo("done");
    }
}
