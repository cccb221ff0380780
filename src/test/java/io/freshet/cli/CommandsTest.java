package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands ask, and how they end when it doesn't go well. */
class CommandsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ACCEPTED = """
            {"accepted": [{"account": "acme", "source": "/freshet/cli", "id": "one"}]}""";
    private static final String SETTLED = """
            {"state": "settled", "settled": {"outcome": "succeeded", "data": "fresh", "runs": {"succeeded": 1}}}""";

    private final CannedApi api = new CannedApi();

    @AfterEach
    void close() {
        api.close();
    }

    private Call call(String... args) {
        return Call.of(Map.of("FRESHET_URL", api.url()), args);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "--unknown",
                "send --data-source a --unknown",
                "send",
                "send --data-source a --space b",
                "send --data-source a --timeout soon",
                "describe acme",
                "status --output yaml",
                "status --url nowhere",
                "redrive --limit many",
                "doctor further"
            })
    void shouldSayHowItIsUsed(String line) {
        var call = call(line.split(" ", -1));

        assertThat(call.code()).isEqualTo(ExitCode.USAGE);
        assertThat(call.err()).contains("Usage: freshet");
        assertThat(call.out()).isEmpty();
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void shouldSendAChangeWithAnIdentityOfItsOwn() throws IOException {
        api.reply("POST /api/v1/changes", 202, ACCEPTED);

        var call = call(
                "send", "--datasets", "a1, b2", "--account", "acme", "--reason", "r", "--source", "/é", "--id", "one");

        assertThat(call.code()).isEqualTo(ExitCode.GOOD);
        var sent = api.asked().get(0);
        assertThat(MAPPER.readTree(sent.body())).isEqualTo(MAPPER.readTree("""
                {"account": "acme", "datasets": ["a1", "b2"], "reason": "r"}"""));
        assertThat(sent.headers())
                .containsEntry("Ce-id", List.of("one"))
                .containsEntry("Ce-source", List.of("%2F%C3%A9"))
                .containsEntry("Ce-type", List.of("io.freshet.data-changed.v1"))
                .doesNotContainKey("Authorization");
    }

    @Test
    void shouldTakeTheTokenFromTheEnvironmentOrAFile(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("token"), "from-file\n");
        api.reply("GET /api/v1/status", 200, "{}");

        Call.of(Map.of("FRESHET_URL", api.url(), "FRESHET_TOKEN", "from-variable"), "status");
        Call.of(Map.of("FRESHET_URL", api.url(), "FRESHET_TOKEN_FILE", file.toString()), "status");
        Call.of(Map.of("FRESHET_TOKEN", "x"), "status", "--url", api.url() + "/", "--token-file", file.toString());

        assertThat(api.asked())
                .extracting(asked -> asked.headers().get("Authorization"))
                .containsExactly(
                        List.of("Bearer from-variable"), List.of("Bearer from-file"), List.of("Bearer from-file"));
    }

    @Test
    void shouldSayThatTheTokensFileCannotBeRead() {
        var call = call("status", "--token-file", "/nowhere/token");

        assertThat(call.code()).isEqualTo(ExitCode.USAGE);
        assertThat(call.err()).contains("/nowhere/token");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            400, 3, account must be given
            401, 3, FRESHET_TOKEN
            403, 3, role
            404, 3, account must be given
            503, 4, account must be given
            """)
    void shouldSayWhyFreshetRefuses(int status, int code, String said) {
        api.reply("GET /api/v1/status", status, """
                {"title": "t", "status": %d, "detail": "account must be given"}""".formatted(status));

        var call = call("status");

        assertThat(call.code()).isEqualTo(code);
        assertThat(call.err())
                .contains(api.url(), Integer.toString(status), said)
                .hasLineCount(1);
        assertThat(call.out()).isEmpty();
    }

    @Test
    void shouldSayWhatIsWrongWithAChange() {
        api.reply("POST /api/v1/changes", 400, """
                {"errors": [{"index": 0, "code": "bad_token", "reason": "data_source is no token"}]}""");

        var call = call("send", "--data-source", "%");

        assertThat(call.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(call.err()).contains("data_source is no token");
    }

    @Test
    void shouldSayThatSomethingElseAnswers() {
        api.reply("GET /api/v1/status", 200, "<html>");

        var call = call("status");

        assertThat(call.code()).isNotZero();
        assertThat(call.err()).contains("--url");
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        api.close();

        var call = call("status");

        assertThat(call.code()).isEqualTo(ExitCode.LATER);
        assertThat(call.err())
                .contains(api.url() + " can't be reached", "--url")
                .hasLineCount(1);
    }

    /** It has been accepted, and the replica that is asked has not read it yet; then one is busy. */
    @Test
    void shouldWaitForAChangeThatIsNotKnownYet() {
        api.reply("POST /api/v1/changes", 202, ACCEPTED)
                .reply("GET /api/v1/changes", 404, "{\"status\": 404}")
                .reply("GET /api/v1/changes", 200, "{\"state\": \"open\"}")
                .reply("GET /api/v1/changes", 200, SETTLED);

        var call = call("send", "--data-source", "a", "--wait", "-o", "json");

        assertThat(call.code()).isEqualTo(ExitCode.GOOD);
        assertThat(call.out()).contains("\"outcome\" : \"succeeded\"").startsWith("{");
        assertThat(api.asked().get(1).path()).contains("source=%2Ffreshet%2Fcli&id=one&wait=20s");
        assertThat(api.asked()).hasSize(4);
    }

    @Test
    void shouldNotWaitLongerThanItMay() {
        api.reply("POST /api/v1/changes", 202, ACCEPTED).reply("GET /api/v1/changes", 200, "{\"state\": \"held\"}");

        var call = call("send", "--data-source", "a", "--wait", "--timeout", "0");

        assertThat(call.code()).isEqualTo(ExitCode.LATER);
        assertThat(call.err()).contains("it is held after 0 s", "--timeout");
    }

    @Test
    void shouldEndAtOnceWhereItMayNotAsk() {
        api.reply("POST /api/v1/changes", 202, ACCEPTED).reply("GET /api/v1/changes", 403, "{\"status\": 403}");

        var call = call("send", "--data-source", "a", "--wait");

        assertThat(call.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(call.out()).startsWith("accepted account=acme");
    }

    @Test
    void shouldSayWhichDeadLettersAreMeant() {
        api.reply("GET /api/v1/dead_letters", 200, """
                {"letters": [{"partition": 1, "offset": 5}], "more": true}""");

        var call = call("dead-letters", "--code", "not_json", "--limit", "1");

        assertThat(api.asked().get(0).path()).isEqualTo("/api/v1/dead_letters?code=not_json&limit=1");
        assertThat(call.out()).contains("(no value)").endsWith("1 dead letters; there are older ones\n");
    }

    @Test
    void shouldWriteNoDeadLetterUnlessToldTo() throws IOException {
        api.reply("POST /api/v1/dead_letters/redrives", 200, "{\"dry_run\": true}");

        call("redrive");
        call("redrive", "--go", "--force", "--partition", "2", "--from-offset", "7", "--topic", "t");

        assertThat(MAPPER.readTree(api.asked().get(0).body())).isEqualTo(MAPPER.readTree("{\"dry_run\": true}"));
        assertThat(MAPPER.readTree(api.asked().get(1).body())).isEqualTo(MAPPER.readTree("""
                {"dry_run": false, "force": true, "partition": 2, "from_offset": 7, "topic": "t"}"""));
    }

    @Test
    void shouldAskForWhatIsLookedFor() {
        api.reply("GET /api/v1/reports", 200, "{}");

        call("reports", "--search", "daily & more", "--account", "acme");

        assertThat(api.asked().get(0).path()).isEqualTo("/api/v1/reports?account=acme&q=daily%20%26%20more");
    }

    @Test
    void shouldPrintTheVersionHelpAndCompletion() {
        assertThat(call("--version").out()).startsWith("Freshet ");
        assertThat(call("--help").out()).contains("doctor", "send", "generate-completion", "Exit codes");
        assertThat(call("send", "--help").out()).contains("--data-source", "--wait");
        assertThat(call("generate-completion").out()).startsWith("#!").contains("--data-source");
    }
}
