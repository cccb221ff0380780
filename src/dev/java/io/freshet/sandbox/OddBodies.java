package io.freshet.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Bodies that begin well. */
final class OddBodies {

    private static final long FLOOD = 400L << 20;
    private static final long DROP_EVERY = 20;
    private static final Buffer BLANKS = Buffer.buffer(" ".repeat(1 << 16));

    private OddBodies() {}

    static void halve(HttpServerResponse response, Answer whole) {
        var bytes = Buffer.buffer(whole.body());
        response.putHeader("Content-Length", Integer.toString(bytes.length()))
                .write(bytes.slice(0, bytes.length() / 2))
                .onComplete(written -> response.reset());
    }

    /** Blanks may stand before any JSON. */
    static void drip(Vertx vertx, HttpServerResponse response) {
        response.setChunked(true);
        vertx.setPeriodic(1, DROP_EVERY, timer -> {
            if (response.closed()) {
                vertx.cancelTimer(timer);
            } else {
                response.write(" ");
            }
        });
    }

    static void flood(HttpServerResponse response) {
        pour(response.setChunked(true), FLOOD);
    }

    private static void pour(HttpServerResponse response, long all) {
        var left = all;
        while (left > 0 && !response.closed() && !response.writeQueueFull()) {
            response.write(BLANKS);
            left -= BLANKS.length();
        }
        var rest = left;
        if (rest <= 0) {
            response.end("{}");
        } else if (!response.closed()) {
            response.drainHandler(drained -> pour(response, rest));
        }
    }
}
