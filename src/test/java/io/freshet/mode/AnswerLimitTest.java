package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An answer has as many KB as its path says. */
class AnswerLimitTest {

    private static final int KB = 1 << 10;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final AnswerLimit limit = new AnswerLimit(3_000 * KB, 4_000 * KB);

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() {
        server = wait(vertx.createHttpServer()
                .requestHandler(request -> {
                    var path = request.path().substring(1);
                    var isWhole = !path.startsWith("begin-");
                    var bytes = Buffer.buffer(new byte[Integer.parseInt(path.replace("begin-", "")) * KB]);
                    var ignored = request.response().setChunked(true).write(bytes);
                    if (isWhole) {
                        request.response().end();
                    }
                })
                .listen(0));
    }

    @AfterEach
    void close() {
        wait(vertx.close());
    }

    @Test
    void shouldLetThroughWhatIsNoLargerThanAnAnswerMayBe() {
        assertThat(wait(get("3000"))).isEqualTo(3_000 * KB);
    }

    /** And it counts for the others no more. */
    @Test
    void shouldBreakOffWhatIsLargerAndCountItNoLonger() {
        for (var n = 0; n < 5; n++) {
            assertThatThrownBy(() -> wait(get("3001")))
                    .hasStackTraceContaining("more than 3072000 bytes: see freshet.mode.max-answer");
        }

        assertThat(wait(get("3000"))).isEqualTo(3_000 * KB);
    }

    @Test
    void shouldBreakOffOnlyLargeAnswersWhereAllTogetherAreTooLarge() {
        var one = get("begin-1900");
        var other = get("begin-1900");
        // Or what is read of a third one meanwhile would break off one of these.
        Awaitility.await().until(() -> limit.inHand() == 2 * 1_900 * KB);

        assertThatThrownBy(() -> wait(get("2000"))).hasStackTraceContaining("all answers together");
        assertThat(wait(get("500"))).isEqualTo(500 * KB);
        assertThat(one.isComplete()).isFalse();
        assertThat(other.isComplete()).isFalse();
    }

    private Future<Integer> get(String path) {
        return client.request(HttpMethod.GET, server.actualPort(), "localhost", "/" + path)
                .compose(request -> {
                    limit.watch(request);
                    return request.send().compose(HttpClientResponse::body);
                })
                .map(Buffer::length);
    }

    private static <T> T wait(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
