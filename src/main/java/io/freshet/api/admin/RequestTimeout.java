package io.freshet.api.admin;

import io.freshet.api.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** How long somebody waits who has asked over HTTP. */
@ApplicationScoped
class RequestTimeout {

    private final Duration timeout;

    RequestTimeout(AdminConfig config) {
        this.timeout = config.timeout();
    }

    Duration timeout() {
        return timeout;
    }

    /**
     * Fails with a {@link io.smallrye.mutiny.TimeoutException} in the end. The work goes on even then, or when whoever
     * asked has hung up: what is dropped half-way may have been done all the same.
     */
    <T> Uni<T> with(Uni<T> work) {
        return work.memoize().indefinitely().ifNoItem().after(timeout).fail();
    }

    Problem tooLate() {
        return Problem.of(
                504,
                "Not done within %d s (freshet.admin.timeout). It may still be: look before you ask again."
                        .formatted(timeout.toSeconds()));
    }
}
