package io.freshet.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As somebody who tries Freshet out breaks the sandbox, and mends it. */
@Execution(ExecutionMode.CONCURRENT)
class TroubleDoorTest {

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults(), SandboxWorkspace.sample());
    private final Caller mode = Caller.of(sandbox);
    private final String report = sandbox.workspace().reports().get(0);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void shouldAnswerEveryCallWithAStatusUntilItIsMended() throws Exception {
        var said = mode.call("POST", "/trouble?status=503", "");

        assertThat(said.statusCode()).isEqualTo(200);
        assertThat(said.body()).contains("503", "DELETE /trouble");
        assertThat(mode.get("reports/" + report).statusCode()).isEqualTo(503);

        mode.call("DELETE", "/trouble", "");

        assertThat(mode.get("reports/" + report).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldHaveTheRunsOfAReportFailUntilItIsMended() throws Exception {
        sandbox.runClock().takes(Duration.ZERO, Duration.ZERO);
        mode.call("POST", "/trouble?runs-of=" + report, "");

        assertEndsAs("failed");

        mode.call("DELETE", "/trouble", "");

        assertEndsAs("succeeded");
    }

    private void assertEndsAs(String state) throws Exception {
        var run = Caller.json(mode.post("reports/" + report + "/runs", "{}"))
                .path("token")
                .asText();
        Awaitility.await().untilAsserted(() -> assertThat(mode.json("reports/" + report + "/runs/" + run)
                        .path("state")
                        .asText())
                .isEqualTo(state));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /trouble, 400, status=503",
        "POST, /trouble?status=200, 400, 400 to 599",
        "POST, /trouble?runs-of=nobody, 400, no report and no dataset nobody",
        "GET, /trouble, 405, DELETE ends it"
    })
    void shouldSayWhatCanBeOrdered(String method, String path, int status, String said) throws Exception {
        var answer = mode.call(method, path, "");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(said);
    }
}
