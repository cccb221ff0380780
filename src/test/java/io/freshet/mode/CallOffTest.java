package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.testing.LogLines;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a real connection, with the client that calls Mode. */
class CallOffTest {

    private final Vertx vertx = Vertx.vertx();
    private final LogLines client = LogLines.of("io.vertx.core.http.impl");

    @AfterEach
    void close() {
        client.close();
        end();
    }

    /** All that the client has begun is over then. It may log after whoever waits has heard of the failure. */
    private void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private HttpClientRequest connected() {
        var server = vertx.createHttpServer()
                .requestHandler(request -> request.response().end())
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return vertx.createHttpClient()
                .request(HttpMethod.POST, server.actualPort(), "localhost", "/")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Test
    void shouldGiveTheReasonToWhoeverWaitsAndNotToTheLog() {
        var request = connected();
        var why = new PermitExpired("too late");

        CallOff.now(request, why);

        assertThatThrownBy(() -> request.response()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .satisfies(failure -> assertThat(PermitExpired.in(failure)).contains(why));
        end();
        assertThat(client.texts()).isEmpty();
    }

    /** What is guarded against: this is how the client speaks otherwise. */
    @Test
    void shouldKnowWhatTheClientLogsWithoutIt() {
        var request = connected();

        request.reset(0, new PermitExpired("too late"));

        assertThatThrownBy(() -> request.response()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class);
        end();
        assertThat(client.texts()).contains("Stream reset: 0");
    }
}
