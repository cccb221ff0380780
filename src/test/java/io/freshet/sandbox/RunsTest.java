package io.freshet.sandbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunsTest {

    private static final String ORDERS = "da7a5e700001";
    private static final String STOCK = "da7a5e700002";
    private static final String REPORT = "4e9047000001";
    private static final String RUNS = "reports/" + REPORT + "/runs";

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final SandboxWorkspace workspace = sandbox.workspace();
    private final Caller mode = Caller.of(sandbox);

    @BeforeEach
    void furnish() {
        workspace.addDataSource("5ca1ab1e0001", "Orders warehouse");
        workspace.addSpace("5ca1ab1e0002", "Sales");
        workspace.addDataset(ORDERS, "Orders", "5ca1ab1e0001", "5ca1ab1e0002");
        workspace.addDataset(STOCK, "Stock", "5ca1ab1e0001", "5ca1ab1e0002");
        workspace.addReport(REPORT, "Daily sales", "5ca1ab1e0002", ORDERS);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void shouldTakeARunOfNamedDatasets() throws Exception {
        sandbox.runClock().hold();

        var answer = mode.post(RUNS, "{\"report\":{\"dataset_tokens\":[{\"token\":\"" + ORDERS + "\"}]}}");

        assertThat(answer.statusCode()).isEqualTo(202);
        var run = Caller.json(answer);
        assertThat(run.path("state").asText()).isEqualTo("enqueued");
        assertThat(run.path("completed_at").isNull()).isTrue();
        assertThat(run.path("python_state").asText()).isEqualTo("none");
        assertThat(run.path("parameters").isObject()).isTrue();
        assertThat(run.path("is_latest_report_run").asBoolean()).isTrue();
        assertThat(run.at("/_links/executed_by/href").asText()).isEqualTo("/api/" + Sandbox.API_USER);
        assertThat(run.at("/_links/self/href").asText())
                .isEqualTo("/api/acme/" + RUNS + "/" + run.path("token").asText());
        assertThat(workspace.runs(REPORT)).singleElement().satisfies(made -> {
            assertThat(made.token()).isEqualTo(run.path("token").asText());
            assertThat(made.datasetTokens()).containsExactly(ORDERS);
        });
    }

    @Test
    void shouldTakeFlatAndEmptyBodiesToo() throws Exception {
        var flat = mode.post(RUNS, "{\"dataset_tokens\":[{\"token\":\"" + ORDERS + "\"}]}");
        var empty = mode.post(RUNS, "");

        assertThat(flat.statusCode()).isEqualTo(202);
        assertThat(empty.statusCode()).isEqualTo(202);
        assertThat(workspace.runs(REPORT))
                .extracting(SandboxRun::datasetTokens)
                .containsExactly(Set.of(), Set.of(ORDERS));
    }

    @Test
    void shouldRefuseBodiesThatMakeNoSense() throws Exception {
        assertThat(mode.post(RUNS, "{\"report\":").statusCode()).isEqualTo(400);
        assertThat(mode.post(RUNS, "[]").statusCode()).isEqualTo(400);
        assertThat(mode.post(RUNS, "{\"dataset_tokens\":[\"x\"]}").statusCode()).isEqualTo(400);
        var ofAnotherReport = mode.post(RUNS, "{\"dataset_tokens\":[{\"token\":\"" + STOCK + "\"}]}");
        assertThat(ofAnotherReport.statusCode()).isEqualTo(400);
        assertThat(Caller.json(ofAnotherReport).path("id").asText()).isEqualTo("bad_request");
        assertThat(workspace.runs(REPORT)).isEmpty();
        assertThat(sandbox.calls().posts()).noneMatch(CallLog.Call::tookEffect);
    }

    @Test
    void shouldFollowARunToItsEnd() throws Exception {
        sandbox.runClock().takes(REPORT, Duration.ZERO, Duration.ofMillis(300));
        sandbox.runClock().endsAs(REPORT, "failed");
        var token = Caller.json(mode.post(RUNS, "")).path("token").asText();

        await().atMost(5, SECONDS)
                .until(() ->
                        mode.json(RUNS + "/" + token).path("state").asText().equals("failed"));

        assertThat(mode.json(RUNS + "/" + token).path("completed_at").asText()).endsWith("Z");
    }

    @Test
    void shouldListTheNewestRunsFirstAndCountThem() throws Exception {
        IntStream.range(0, 22).forEach(at -> workspace.runByHand(REPORT, "nora"));

        var first = mode.json(RUNS + "?order=desc&order_by=created_at");
        var second = mode.json(RUNS + "?page=2");
        var third = mode.json(RUNS + "?page=3");

        assertThat(first.at("/_embedded/report_runs")).hasSize(20);
        assertThat(first.at("/_embedded/report_runs/0/token").asText())
                .isEqualTo(workspace.runs(REPORT).get(0).token());
        assertThat(first.at("/_embedded/report_runs/0/_links/executed_by/href").asText())
                .isEqualTo("/api/nora");
        assertThat(second.at("/_embedded/report_runs")).hasSize(2);
        assertThat(second.path("pagination").toString())
                .isEqualTo("{\"page\":2,\"per_page\":20,\"count\":2,\"total_pages\":2,\"total_count\":22}");
        assertThat(third.at("/_embedded/report_runs")).isEmpty();
        assertThat(mode.json(RUNS + "?order=asc")
                        .at("/_embedded/report_runs/0/token")
                        .asText())
                .isEqualTo(workspace.runs(REPORT).get(21).token());
    }

    @Test
    void shouldBreakOnAFilterOfRuns() throws Exception {
        assertThat(mode.get(RUNS + "?filter=created_at.gt.2020-01-01T00:00:00Z").statusCode())
                .isEqualTo(500);
    }

    @Test
    void shouldNotFindARunThatVanished() throws Exception {
        var run = workspace.runByHand(REPORT, "nora");

        workspace.removeRun(run.token());

        assertThat(mode.get(RUNS + "/" + run.token()).statusCode()).isEqualTo(404);
        assertThat(mode.rows(RUNS, "report_runs")).isEmpty();
    }

    @Test
    void shouldNotFindAReportThatWasRemoved() throws Exception {
        workspace.removeReport(REPORT);

        assertThat(mode.post(RUNS, "").statusCode()).isEqualTo(404);
        assertThat(mode.get(RUNS).statusCode()).isEqualTo(404);
        assertThat(mode.tokens("datasets/" + ORDERS + "/reports")).isEmpty();
    }

    @Test
    void shouldForbidAReportThatIsNotToBeSeen() throws Exception {
        workspace.forbidReport(REPORT);

        var answer = mode.post(RUNS, "");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(Caller.json(answer).path("id").asText()).isEqualTo("forbidden");
        assertThat(mode.tokens("datasets/" + ORDERS + "/reports")).containsExactly(REPORT);
    }

    @Test
    void shouldShowAReportWithItsLastRuns() throws Exception {
        sandbox.runClock().takes(Duration.ZERO, Duration.ZERO);
        var run = workspace.runByHand(REPORT, "nora");

        var report = mode.json("reports/" + REPORT);

        assertThat(report.path("type").asText()).isEqualTo("Report");
        assertThat(report.path("archived").asBoolean(true)).isFalse();
        assertThat(report.path("expected_runtime").isNumber()).isTrue();
        assertThat(report.path("last_successful_run_token").asText()).isEqualTo(run.token());
        assertThat(report.at("/imported_datasets/0/token").asText()).isEqualTo(ORDERS);
    }

    @Test
    void shouldTakeDatasetsForReports() throws Exception {
        assertThat(mode.json("reports/" + ORDERS)).isEqualTo(mode.json("datasets/" + ORDERS));
        assertThat(mode.post("reports/" + ORDERS + "/runs", "").statusCode()).isEqualTo(202);
    }

    @Test
    void shouldUpdateADataset() throws Exception {
        var answer = mode.call(
                "PATCH", "/api/acme/datasets/" + ORDERS, "{\"report\":{\"name\":\"Sales\",\"description\":\"All\"}}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Caller.json(answer).path("name").asText()).isEqualTo("Sales");
        assertThat(mode.json("datasets/" + ORDERS).path("description").asText()).isEqualTo("All");
    }

    @Test
    void shouldRefuseAnUpdateThatIsNotWrappedOrLeadsNowhere() throws Exception {
        var path = "/api/acme/datasets/" + ORDERS;

        assertThat(Caller.json(mode.call("PATCH", path, "{\"name\":\"Sales\"}"))
                        .path("id")
                        .asText())
                .isEqualTo("param_missing");
        assertThat(mode.call("PATCH", path, "{\"report\":{\"space_token\":\"nowhere\"}}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldDeleteADataset() throws Exception {
        var answer = mode.call("DELETE", "/api/acme/datasets/" + ORDERS, "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(mode.get("datasets/" + ORDERS).statusCode()).isEqualTo(404);
        assertThat(workspace.datasetsOf(REPORT)).isEmpty();
    }
}
