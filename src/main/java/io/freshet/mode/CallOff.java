package io.freshet.mode;

import io.vertx.core.http.HttpClientRequest;

/** Ends a request that may not leave. Whoever waits for the answer gets the reason. */
final class CallOff {

    private CallOff() {}

    /**
     * Without a handler of the request's own, Vert.x logs each as an error: {@code Stream reset: 0}.
     *
     * @throws IllegalStateException if all of the request was written already
     */
    static void now(HttpClientRequest request, Throwable why) {
        request.exceptionHandler(expected -> {});
        request.reset(0, why);
    }
}
