package io.freshet.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.freshet.sandbox.Faults.Kind;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Execution(ExecutionMode.CONCURRENT)
class FaultsTest {

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults(), SandboxWorkspace.sample());
    private final Caller mode = Caller.of(sandbox);
    private final String report = sandbox.workspace().reports().get(0);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void shouldAnswerAStatusInsteadOfTheEffect() throws Exception {
        sandbox.faults().status(1, 403, FaultsTest::isPost);

        var answer = post();

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(Caller.json(answer).path("id").asText()).isEqualTo("forbidden");
        assertEffect(403, false);
        assertThat(post().statusCode()).isEqualTo(202);
    }

    @Test
    void shouldAnswerAStatusAfterTheEffect() throws Exception {
        sandbox.faults().statusAfter(1, 504, FaultsTest::isPost);

        assertThat(post().statusCode()).isEqualTo(504);
        assertEffect(504, true);
    }

    @ParameterizedTest
    @CsvSource({"RESET_BEFORE,false", "RESET_AFTER,true"})
    void shouldCutTheConnection(Kind kind, boolean effect) {
        sandbox.faults().next(1, kind, FaultsTest::isPost);

        assertThatThrownBy(this::post).isInstanceOf(IOException.class).isNotInstanceOf(HttpTimeoutException.class);

        assertEffect(0, effect);
    }

    @ParameterizedTest
    @CsvSource({"HANG,false", "HANG_AFTER,true"})
    void shouldLeaveTheCallerWaiting(Kind kind, boolean effect) {
        sandbox.faults().next(1, kind, FaultsTest::isPost);
        var impatient = mode.withPatience(Duration.ofSeconds(1));

        assertThatThrownBy(() -> impatient.post("reports/" + report + "/runs", ""))
                .isInstanceOf(HttpTimeoutException.class);

        assertEffect(0, effect);
    }

    @ParameterizedTest
    @CsvSource({"GARBAGE,false", "GARBAGE_AFTER,true"})
    void shouldAnswerBrokenJson(Kind kind, boolean effect) throws Exception {
        sandbox.faults().next(1, kind, FaultsTest::isPost);

        var answer = post();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThatThrownBy(() -> Caller.json(answer)).isInstanceOf(JsonProcessingException.class);
        assertEffect(200, effect);
    }

    @ParameterizedTest
    @CsvSource({"HTML,false", "HTML_AFTER,true"})
    void shouldAnswerALoginPage(Kind kind, boolean effect) throws Exception {
        sandbox.faults().next(1, kind, FaultsTest::isPost);

        var answer = post();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(answer.body()).contains("Sign in");
        assertEffect(200, effect);
    }

    @Test
    void shouldAnswerLateWhatIsTrue() throws Exception {
        sandbox.faults().slow(1, Duration.ofSeconds(1), FaultsTest::isPost);
        var before = System.nanoTime();

        var answer = post();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(290));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertEffect(202, true);
    }

    @Test
    void shouldStrikeAsOftenAsToldAndInTheOrderTold() throws Exception {
        var first = sandbox.faults().status(2, 500, FaultsTest::isPost);
        var second = sandbox.faults().status(1, 503, FaultsTest::isPost);

        assertThat(post().statusCode()).isEqualTo(500);
        assertThat(mode.get("reports/" + report).statusCode()).isEqualTo(200);
        assertThat(post().statusCode()).isEqualTo(500);
        assertThat(post().statusCode()).isEqualTo(503);
        assertThat(post().statusCode()).isEqualTo(202);
        assertThat(first.struck()).isEqualTo(2);
        assertThat(second.struck()).isEqualTo(1);
    }

    @Test
    void shouldStrikeUntilLifted() throws Exception {
        var fault = sandbox.faults().alwaysStatus(500, request -> request.path().contains(report));
        assertThat(post().statusCode()).isEqualTo(500);
        assertThat(mode.get("reports/" + report).statusCode()).isEqualTo(500);

        fault.lift();

        assertThat(post().statusCode()).isEqualTo(202);
    }

    @Test
    void shouldStrikeNothingOnceCleared() throws Exception {
        sandbox.faults().always(Kind.HTML, request -> true);

        sandbox.faults().clear();

        assertThat(post().statusCode()).isEqualTo(202);
    }

    @Test
    void shouldSpareCallsThatAreNotLetIn() throws Exception {
        var fault = sandbox.faults().next(1, Kind.RESET_AFTER, request -> true);

        assertThat(Caller.of(sandbox, "wrong", "credential")
                        .get("reports/" + report)
                        .statusCode())
                .isEqualTo(401);

        assertThat(fault.struck()).isZero();
    }

    private HttpResponse<String> post() throws IOException, InterruptedException {
        return mode.post("reports/" + report + "/runs", "");
    }

    private void assertEffect(int status, boolean effect) {
        // An impatient caller may be gone before its call has arrived.
        Awaitility.await().untilAsserted(() -> assertThat(sandbox.calls().posts(report))
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.status()).isEqualTo(status);
                    assertThat(call.tookEffect()).isEqualTo(effect);
                }));
        assertThat(sandbox.workspace().runs(report)).hasSize(effect ? 1 : 0);
    }

    private static boolean isPost(Faults.Request request) {
        return request.method().equals("POST");
    }
}
