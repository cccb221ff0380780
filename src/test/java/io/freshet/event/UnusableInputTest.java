package io.freshet.event;

import static io.freshet.event.Arrivals.ACME;
import static io.freshet.event.Arrivals.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can't be used is told with a code for machines, and a reason that a person can act on. */
class UnusableInputTest {

    private static final String TYPE = "io.freshet.data-changed.v1";

    private final EventReader reader = new EventReader();

    static Stream<Arguments> changes() {
        return Stream.of(
                arguments(Arrivals.withoutValue(), "not_json", "no value: send a JSON object"),
                arguments(Arrivals.plain(""), "not_json", "no value: send a JSON object"),
                arguments(Arrivals.plain("hello"), "not_json", "no JSON: \"Unrecognized token 'hello'"),
                arguments(Arrivals.plain("{\"space\": \"s1\""), "not_json", "no JSON: \"Unexpected end-of-input"),
                arguments(Arrivals.plain("{\"space\": \"s1\"} {}"), "not_json", "Trailing token"),
                arguments(Arrivals.plain("{\"space\": \"s1\", \"space\": \"s2\"}"), "not_json", "Duplicate field"),
                arguments(Arrivals.plain("[{\"space\": \"s1\"}]"), "not_json", "no object: send {…}"),
                arguments(Arrivals.plain("null"), "not_json", "no object: send {…}"),
                arguments(Arrivals.of(new byte[] {'{', (byte) 0xff, '}'}), "not_json", "no UTF-8"),
                arguments(Arrivals.plain("[".repeat(100_000)), "not_json", "nesting depth"),
                arguments(Arrivals.plain("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)), "not_json", "depth"),
                arguments(Arrivals.plain("{\"n\": [" + "0,".repeat(100_000) + "0]}"), "not_json", "Token count"),
                arguments(Arrivals.plain("{\"n\": " + "9".repeat(2_000) + "}"), "not_json", "Number value length"),
                arguments(
                        Arrivals.of(Arrivals.utf8("<a/>"), "content-type", "text/xml"),
                        "not_json",
                        "\"text/xml\": send application/json"),
                arguments(
                        Arrivals.of(Arrivals.utf8("[]"), "content-type", "application/cloudevents-batch+json"),
                        "not_json",
                        "send application/cloudevents+json"),
                arguments(Arrivals.plain("{}"), "not_a_change", "name a \"data_source\", a \"space\" or \"datasets\""),
                arguments(
                        Arrivals.plain("{\"space\": \"s1\", \"data_source\": \"d1\"}"),
                        "not_a_change",
                        "[data_source, space]: send one change for each"),
                arguments(Arrivals.plain("{\"space\": 7}"), "not_a_change", "\"space\" must be a string"),
                arguments(Arrivals.plain("{\"space\": \"../../admin\"}"), "bad_token", "\"../../admin\": a token is"),
                arguments(Arrivals.plain("{\"data_source\": \"\"}"), "bad_token", "1 to 64 letters and digits"),
                arguments(Arrivals.plain("{\"space\": \"" + "a".repeat(65) + "\"}"), "bad_token", "1 to 64"),
                arguments(Arrivals.plain("{\"space\": \"s1\\n\"}"), "bad_token", "\"s1?\""),
                arguments(Arrivals.plain("{\"datasets\": []}"), "not_a_change", "an array of 1 to 1000 tokens"),
                arguments(Arrivals.plain("{\"datasets\": \"d1\"}"), "not_a_change", "an array of 1 to 1000 tokens"),
                arguments(Arrivals.plain(datasets(1_001)), "not_a_change", "an array of 1 to 1000 tokens"),
                arguments(Arrivals.plain("{\"datasets\": [\"d1\", 2]}"), "not_a_change", "nothing but strings"),
                arguments(Arrivals.plain("{\"datasets\": [\"d1\", \"d/2\"]}"), "bad_token", "\"d/2\""),
                arguments(tables("[]"), "bad_tables", "an array of 1 to 1000 names: leave it out if"),
                arguments(tables("\"orders\""), "bad_tables", "an array of 1 to 1000 names"),
                arguments(tables(("[" + "\"a\",".repeat(1_000)) + "\"a\"]"), "bad_tables", "an array of 1 to 1000"),
                arguments(tables("[\"orders\", 7]"), "bad_tables", "nothing but strings, such as \"core.orders\""),
                arguments(tables("[\"\"]"), "bad_tables", "\"tables\" has \"\": the name of a table has 1 to 512"),
                arguments(tables("[\"" + "é".repeat(257) + "\"]"), "bad_tables", "1 to 512 bytes"),
                arguments(tables("[\"core.\\u0000orders\"]"), "bad_tables", "\"core.?orders\""),
                arguments(tables("[\"\\ud83d\"]"), "bad_tables", "no control characters"),
                arguments(
                        Arrivals.plain("{\"space\": \"s1\", \"tables\": [\"orders\"]}"),
                        "bad_tables",
                        "name it as \"data_source\", or leave them out"),
                arguments(
                        Arrivals.plain("{\"account\": \"other\", \"space\": \"s1\"}"),
                        "unknown_account",
                        "\"other\": see freshet.workspace.account"),
                arguments(Arrivals.plain("{\"account\": 1, \"space\": \"s1\"}"), "not_a_change", "\"account\" must be"),
                arguments(
                        Arrivals.plain("{\"space\": \"s1\", \"changed_at\": \"yesterday\"}"),
                        "not_a_change",
                        "\"yesterday\": send an ISO-8601 time such as"),
                arguments(
                        Arrivals.plain("{\"space\": \"s1\", \"changed_at\": 1767225600}"),
                        "not_a_change",
                        "\"changed_at\" must be a string"),
                arguments(
                        Arrivals.plain("{\"space\": \"s1\", \"changed_at\": \"1999-12-31T23:59:59.999Z\"}"),
                        "not_a_change",
                        "\"1999-12-31T23:59:59.999Z\": send a time from 2000-01-01 to one day ahead"),
                arguments(
                        Arrivals.plain("{\"space\": \"s1\", \"changed_at\": \"2026-03-02T06:00:05.001Z\"}"),
                        "not_a_change",
                        "\"2026-03-02T06:00:05.001Z\": send a time from 2000-01-01 to one day ahead"),
                arguments(
                        Arrivals.plain("{\"space\": \"s1\", \"changed_at\": \"+999999999-12-31T23:59:59-18:00\"}"),
                        "not_a_change",
                        "send a time from 2000-01-01 to one day ahead"),
                arguments(Arrivals.plain("{\"space\": \"s1\", \"reason\": [1]}"), "not_a_change", "\"reason\" must be"),
                arguments(
                        Arrivals.binary("{\"space\": \"s1\"}", "ce_type", "com.acme.loaded"),
                        "not_a_change",
                        "\"com.acme.loaded\": send " + TYPE),
                arguments(
                        Arrivals.binary("{\"space\": \"s1\"}", "ce_specversion", "9.9"),
                        "not_a_change",
                        "envelope is broken: its specversion is \"9.9\": send 1.0"),
                arguments(
                        Arrivals.of(Arrivals.utf8("{\"space\": \"s1\"}"), "ce_id", "load-1"),
                        "not_a_change",
                        "envelope is broken"),
                arguments(
                        Arrivals.binary("{\"space\": \"s1\"}", "ce_time", "noon"),
                        "not_a_change",
                        "\"time\" is \"noon\": send an ISO-8601 time"),
                arguments(
                        Arrivals.binary("{\"space\": \"s1\"}", "ce_time", "-999999999-01-01T00:00:00Z"),
                        "not_a_change",
                        "\"time\" is \"-999999999-01-01T00:00:00Z\""),
                arguments(Arrivals.binary("{\"space\": \"s1\"}", "ce_id", ""), "not_a_change", "leave neither empty"),
                arguments(
                        Arrivals.binary("{\"space\": \"s1\"}", "ce_id", "x".repeat(513)),
                        "not_a_change",
                        "512 bytes each: shorten them"),
                arguments(
                        Arrivals.structured(
                                event(",\"data\": {\"space\": \"s1\"}").replace("load-1", "a\\u0000")),
                        "not_a_change",
                        "id has control characters, \"a?\": leave them out"),
                arguments(
                        Arrivals.structured(
                                event(",\"data\": {\"space\": \"s1\"}").replace("/etl", "\\ud800")),
                        "not_a_change",
                        "source has control characters"),
                arguments(
                        Arrivals.structured(event(",\"data\": [1]").replace(TYPE, "com.acme.loaded")),
                        "not_a_change",
                        "\"com.acme.loaded\": send " + TYPE),
                arguments(Arrivals.binary("no", "ce_id", "load-1"), "not_json", "no JSON"),
                arguments(Arrivals.structured("no"), "not_json", "no JSON"),
                arguments(Arrivals.structured("{\"space\": \"s1\"}"), "not_a_change", "envelope is broken"),
                arguments(Arrivals.structured(event("")), "not_a_change", "no \"data\" that is a JSON object"),
                arguments(
                        Arrivals.structured(event(",\"data\": \"text\"")),
                        "not_a_change",
                        "no \"data\" that is a JSON object"),
                arguments(
                        Arrivals.structured(event(",\"data_base64\": \"e30=\"")),
                        "not_a_change",
                        "name a \"data_source\", a \"space\" or \"datasets\". It is empty"),
                arguments(
                        Arrivals.structured(
                                event(",\"data\": {\"space\": \"s1\"}").replace("load-1", "")),
                        "not_a_change",
                        "leave neither empty"));
    }

    static Stream<Arguments> refreshes() {
        return Stream.of(
                arguments("{\"dataset_tokens\": [\"d1\"]}", "not_a_refresh", "\"report_token\" is missing"),
                arguments("{\"report_token\": \"r 1\"}", "bad_token", "\"r 1\""),
                arguments(
                        "{\"report_token\": \"r1\", \"dataset_tokens\": []}",
                        "not_a_refresh",
                        "\"dataset_tokens\" must be an array of 1 to 1000 tokens"),
                arguments("{\"report_token\": \"r1\", \"dataset_tokens\": [\"d/1\"]}", "bad_token", "\"d/1\""),
                arguments("{\"report_token\": \"r1\", \"changed_at\": \"now\"}", "not_a_refresh", "\"now\": send an"),
                arguments("{\"report_token\": \"r1\", \"account\": \"other\"}", "unknown_account", "\"other\": see"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void shouldSayWhatIsWrongWithAChange(InboundRecord arrival, String code, String telling) {
        var decoded = reader.readChange(arrival, ACME, NOW);

        assertUnusable(decoded, code, telling);
    }

    @ParameterizedTest
    @MethodSource("refreshes")
    void shouldSayWhatIsWrongWithARefresh(String json, String code, String telling) {
        var decoded = reader.readRefresh(Arrivals.plain(json), ACME, NOW);

        assertUnusable(decoded, code, telling);
    }

    @Test
    void shouldAskForTheAccountWhereThereAreSeveralWorkspaces() {
        var accounts = ConfiguredAccounts.of("acme", "other");

        var decoded = reader.readChange(Arrivals.plain("{\"space\": \"s1\"}"), accounts, NOW);

        assertUnusable(decoded, "unknown_account", "names no \"account\", and there is more than one workspace");
    }

    private static void assertUnusable(Decoded<?> decoded, String code, String telling) {
        assertThat(decoded).isInstanceOf(Decoded.Unusable.class);
        var unusable = (Decoded.Unusable<?>) decoded;
        assertThat(unusable.code()).as(unusable.reason()).isEqualTo(code);
        assertThat(unusable.reason()).contains(telling).endsWith(".").hasSizeLessThan(400);
    }

    private static InboundRecord tables(String tables) {
        return Arrivals.plain("{\"data_source\": \"5a1d\", \"tables\": " + tables + "}");
    }

    private static String datasets(int count) {
        return "{\"datasets\": [" + "\"d1\",".repeat(count - 1) + "\"d1\"]}";
    }

    private static String event(String more) {
        return "{\"specversion\": \"1.0\", \"type\": \"" + TYPE + "\", \"source\": \"/etl\", \"id\": \"load-1\"" + more
                + "}";
    }
}
