package io.freshet.mode;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Breaks off an answer that is larger than any of Mode's. It is counted while it arrives: the REST client gathers an answer
 * whole before anybody sees it. All answers together are bounded too, and then the large ones are broken off, so that the
 * small ones, which are nearly all, go on.
 */
final class AnswerLimit {

    /** A page of thirty reports has less. */
    private static final long SMALL = 1 << 20;

    /** Why an answer was broken off. */
    static final class TooLarge extends RuntimeException {
        private final String why;

        private TooLarge(String why) {
            super(why, null, false, false);
            this.why = why;
        }

        String why() {
            return why;
        }
    }

    private final long mostOfOne;
    private final long mostOfAll;
    private final AtomicLong ofAll = new AtomicLong();

    /** @param mostOfAll when this is reached, answers that aren't small are broken off */
    AnswerLimit(long mostOfOne, long mostOfAll) {
        this.mostOfOne = mostOfOne;
        this.mostOfAll = mostOfAll;
    }

    /** An eighth of the heap for all that is being read, but no less than two of the largest. */
    static AnswerLimit of(long mostOfOne) {
        return new AnswerLimit(
                mostOfOne, Math.max(2 * mostOfOne, Runtime.getRuntime().maxMemory() / 8));
    }

    /** Bytes of all answers that are being read. */
    long inHand() {
        return ofAll.get();
    }

    void watch(HttpClientRequest request) {
        request.response().onSuccess(response -> new Reading(request).begin(response));
    }

    /** One answer. Its connection calls, one thread at a time. */
    private final class Reading {
        private final HttpClientRequest request;
        private long read;

        private Reading(HttpClientRequest request) {
            this.request = request;
        }

        private void begin(HttpClientResponse response) {
            response.handler(chunk -> add(chunk.length()));
            response.end().onComplete(end -> ofAll.addAndGet(-read));
        }

        private void add(int bytes) {
            read += bytes;
            var all = ofAll.addAndGet(bytes);
            if (read > mostOfOne) {
                breakOff("the answer has more than %d bytes: see freshet.mode.max-answer".formatted(mostOfOne));
            } else if (all > mostOfAll && read > SMALL) {
                breakOff("all answers together have more than %d bytes".formatted(mostOfAll));
            }
        }

        private void breakOff(String why) {
            request.reset(0, new TooLarge(why)); // the request itself is complete: whoever reads the answer hears of it
        }
    }
}
