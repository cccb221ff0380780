package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example of docs/command-line.md prints what the page says, given what the API answers then. */
class CommandLinePageTest {

    private static final String SETTLED = """
            {"account": "acme", "state": "settled", "settled": {"account": "acme", "outcome": "%s", "data": "%s",
             "runs": {"succeeded": %d, "failed": 1}, "not_succeeded": [%s]}}""";

    private static final String LETTERS = """
            {"dry_run": %s, "letters": [{"partition": 0, "offset": 7, "topic": "upstream-data-changed",
             "code": "data_source_not_found", "reason": "Mode knows no data source 50acce0f0002."}],
             "refused": [], "already_redriven": 0, "more": false}""";

    private static final String REPORT = """
            {"account": "acme", "kind": "report", "token": "0275f2aa0001", "name": "Daily revenue", "state": "%s",
             "since": "%s", "run_token": "4f00d5000002", "last_outcome": "%s" %s}""";

    static List<Example> examples() {
        return Example.all().stream().filter(example -> !example.isDoctor()).toList();
    }

    @Test
    void shouldShowEveryCommandOfTheApi() {
        assertThat(examples().stream().map(example -> example.arguments()[0]))
                .contains(
                        "send",
                        "plan",
                        "status",
                        "reports",
                        "describe",
                        "refresh",
                        "hold",
                        "release",
                        "dead-letters",
                        "redrive");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldPrintWhatThePageSays(Example example) {
        try (var api = api(example)) {
            var call = Call.of(Map.of("FRESHET_URL", api.url()), example.arguments());

            assertThat(call.err()).isEmpty();
            assertThat(call.out()).isEqualTo(example.printed());
            assertThat(call.code()).isEqualTo(example.printed().contains("outcome=partly") ? 1 : 0);
        }
    }

    private static CannedApi api(Example example) {
        var api = new CannedApi();
        var id = example.line().contains("2026-11-25") ? "2026-11-25" : "2026-11-24";
        api.reply("POST /api/v1/changes", 202, """
                {"accepted": [{"account": "acme", "source": "/etl/nightly", "id": "%s"}]}""".formatted(id));
        api.reply(
                "GET /api/v1/changes",
                200,
                id.endsWith("24")
                        ? SETTLED.formatted("succeeded", "fresh", 3, "")
                        : SETTLED.formatted("partly", "stale", 2, """
                                {"token": "0275f2aa0001", "kind": "report", "outcome": "failed", "reason": "run_failed"}"""));
        api.reply("POST /api/v1/plans", 200, """
                {"account": "acme", "datasets_count": 1, "reports_count": 1,
                 "datasets": [{"token": "da7a5e700001", "name": "Orders", "decision": "with_reports", "why": ""}],
                 "reports": [{"token": "0275f2aa0001", "name": "Daily revenue", "dataset_tokens": ["da7a5e700001"]}],
                 "left_out": [{"token": "0275f2aa0009", "name": "Old revenue", "kind": "report", "reason": "archived"}],
                 "calls": {"posts": 1, "at_least": 2, "all_posted_after_seconds": 0.3}}""");
        api.reply("GET /api/v1/status", 200, """
                {"replica": "freshet-0", "changes_in_hand": 0, "view": {"state": "following"},
                 "reports": {"waiting": 2, "posting": 0, "running": 1, "settled": 40}, "datasets": {},
                 "workspaces": [{"account": "acme", "host": "app.mode.com",
                   "budget": {"limit": 40, "period_seconds": 10.0}}],
                 "facts": [{"account": "acme", "what": "held", "subject": "report:0275f2aa0003",
                   "why": "it costs too much"}]}""");
        api.reply("GET /api/v1/reports", 200, """
                {"count": 1, "reports": [%s]}""".formatted(
                        REPORT.formatted("running", "2026-11-24T06:00:10Z", "succeeded", "")));
        api.reply(
                "GET /api/v1/reports/acme/0275f2aa0001",
                200,
                REPORT.formatted("settled", "2026-11-24T06:00:40Z", "failed", """
                , "runs": [{"finished_at": "2026-11-24T06:00:40Z", "outcome": "failed", "run_token": "4f00d5000002",
                  "error_message": "relation \\"orders\\" does not exist"},
                 {"finished_at": "2026-11-23T06:00:38Z", "outcome": "succeeded", "run_token": "4f00d5000001"}]"""));
        api.reply("POST /api/v1/workspaces/acme/reports/0275f2aa0001/refreshes", 202, """
                {"account": "acme", "report_token": "0275f2aa0001",
                 "change": {"source": "/freshet/acme/api", "id": "again-1"}}""");
        api.reply("POST /api/v1/workspaces/acme/holds", 200, "{}");
        api.reply("DELETE /api/v1/workspaces/acme/holds/report%3A0275f2aa0003", 200, "{}");
        api.reply("GET /api/v1/dead_letters", 200, """
                {"letters": [{"partition": 0, "offset": 8, "at": "2026-11-25T06:00:00.123Z", "topic": "upstream-data-changed",
                  "code": "not_json", "reason": "The value is no JSON object.", "redriven": false, "begins": "orders loaded"},
                 {"partition": 0, "offset": 7, "at": "2026-11-24T06:00:00.456Z", "topic": "upstream-data-changed",
                  "code": "data_source_not_found", "reason": "Mode knows no data source 50acce0f0002.", "account": "acme",
                  "redriven": true, "begins": "{\\"account\\": \\"acme\\", \\"data_source\\": \\"50acce0f0002\\"}"}], "more": false}""");
        api.reply(
                "POST /api/v1/dead_letters/redrives",
                200,
                LETTERS.formatted(!example.line().contains("--go")));
        return api;
    }
}
