package io.freshet.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the sandbox runs datasets, in both readings of Mode. A run waits for half a second and takes another 1.5 s. */
class DatasetRunsTest {

    private static final String SOURCE = "5ca1ab1e0001";
    private static final String SPACE = "5ca1ab1e0002";
    private static final String ORDERS = "da7a5e700001";
    private static final String STOCK = "da7a5e700002";
    private static final String REPORT = "4e9047000001";
    private static final String RUNS_OF_ORDERS = "/datasets/" + ORDERS + "/runs";
    private static final String RUNS_OF_REPORT = "/reports/" + REPORT + "/runs";

    private final SettableClock clock = new SettableClock();
    private final WithoutSocket mode = new WithoutSocket("acme", 1_000, Duration.ofSeconds(1), clock, new Random(17));
    private final SandboxWorkspace workspace = mode.workspace();
    private final DatasetRuns datasetRuns = workspace.datasetRuns();

    @BeforeEach
    void furnish() {
        workspace.addDataSource(SOURCE, "Orders warehouse");
        workspace.addSpace(SPACE, "Sales");
        workspace.addDataset(ORDERS, "Orders", SOURCE, SPACE);
        workspace.addDataset(STOCK, "Stock", SOURCE, SPACE);
        workspace.addReport(REPORT, "Daily sales", SPACE, ORDERS, STOCK);
    }

    @Test
    void shouldRunADatasetByItself() {
        var answer = call("POST", RUNS_OF_ORDERS);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.tookEffect()).isTrue();
        var run = json(answer);
        assertThat(run.path("state").asText()).isEqualTo("enqueued");
        assertThat(run.at("/_links/executed_by/href").asText()).isEqualTo("/api/" + Sandbox.API_USER);
        assertThat(run.at("/_links/self/href").asText())
                .isEqualTo("/api/acme/reports/" + ORDERS + "/runs/" + token(run));
        assertThat(run.has("parameters") || run.has("form_fields") || run.has("python_state"))
                .as("only runs of reports have these: " + run)
                .isFalse();
        assertThat(token(json(get(RUNS_OF_ORDERS + "/" + token(run))))).isEqualTo(token(run));
        assertThat(token(json(get("/reports/" + ORDERS + "/runs/" + token(run)))))
                .isEqualTo(token(run));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /runs", "GET /runs", "GET /runs/a1"})
    void shouldKnowNoReportAtTheAddressOfADatasetsRuns(String request) {
        var answer = call(request.replaceFirst(" .*", ""), "/datasets/" + REPORT + request.replaceFirst(".* ", ""));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(workspace.runs(REPORT)).isEmpty();
    }

    @Test
    void shouldListTheRunsOfADatasetTheNewestFirstAndCountThem() {
        IntStream.range(0, 22).forEach(at -> datasetRuns.runByHand(ORDERS));

        var first = json(get(RUNS_OF_ORDERS));
        var second = json(mode.answer("GET", RUNS_OF_ORDERS, Map.of("page", "2"), ""));

        assertThat(first.at("/_links/self/href").asText()).isEqualTo("/api/acme" + RUNS_OF_ORDERS);
        assertThat(tokens(first, "report_runs"))
                .hasSize(20)
                .startsWith(workspace.runs(ORDERS).get(0).token());
        assertThat(second.path("pagination").toString())
                .isEqualTo("{\"page\":2,\"per_page\":20,\"count\":2,\"total_pages\":2,\"total_count\":22}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/datasets/" + ORDERS,
                "/reports/" + ORDERS,
                "/data_sources/" + SOURCE + "/datasets",
                "/spaces/" + SPACE + "/datasets"
            })
    void shouldShowWhenADatasetsLastRunBeganAndWhenTheLastGoodOneEnded(String address) {
        var good = datasetRuns.runByHand(ORDERS).token();
        var began = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        mode.runClock().endsAs(ORDERS, "failed");
        datasetRuns.runByHand(ORDERS);
        var failedBegan = clock.instant();
        clock.advance(Duration.ofMinutes(1));

        var shown = json(get(address));
        var row = shown.has("token") ? shown : shown.at("/_embedded/reports/0");

        assertThat(token(row)).isEqualTo(ORDERS);
        assertThat(time(row, "last_run_at")).isEqualTo(failedBegan);
        assertThat(time(row, "last_successfully_run_at")).isEqualTo(began.plusSeconds(2));
        assertThat(row.path("last_successful_run_token").asText()).isEqualTo(good);
        assertThat(row.path("runs_count").asInt()).isEqualTo(2);
    }

    @Test
    void shouldLoadTheLastGoodRunsAndLeaveTheDatasetsAlone() {
        var good = datasetRuns.runByHand(ORDERS);
        clock.advance(Duration.ofMinutes(1));
        mode.runClock().endsAs(ORDERS, "failed");
        datasetRuns.runByHand(ORDERS);
        clock.advance(Duration.ofMinutes(1));
        mode.runClock().endsAs(ORDERS, "succeeded");
        datasetRuns.runByHand(ORDERS); // has not ended yet

        var run = token(json(call("POST", RUNS_OF_REPORT)));

        assertThat(datasetRuns.shownBy(run))
                .containsOnlyKeys(ORDERS)
                .hasEntrySatisfying(ORDERS, shown -> assertThat(shown.token()).isEqualTo(good.token()));
        assertThat(workspace.runs(ORDERS)).hasSize(3);
        assertThat(workspace.runs(STOCK)).isEmpty();
    }

    @Test
    void shouldQueryTheDatasetsThatARunOfAReportNames() {
        datasetRuns.reportRuns(ReportRuns.QUERY);
        mode.runClock().takes(REPORT, Duration.ZERO, Duration.ofSeconds(30));

        var run = token(json(mode.answer(
                "POST", RUNS_OF_REPORT, Map.of(), "{\"dataset_tokens\":[{\"token\":\"" + ORDERS + "\"}]}")));

        assertThat(workspace.runs(STOCK)).isEmpty();
        assertThat(workspace.runs(ORDERS)).singleElement().satisfies(query -> {
            assertThat(query.createdAt()).isEqualTo(clock.instant());
            assertThat(query.state()).isEqualTo("running");
            assertThat(query.executedBy()).isNotEqualTo(Sandbox.API_USER);
            assertThat(datasetRuns.shownBy(run)).isEqualTo(Map.of(ORDERS, query));
        });
        assertThat(time(json(get("/datasets/" + ORDERS)), "last_run_at")).isEqualTo(clock.instant());
        clock.advance(Duration.ofSeconds(30));
        assertThat(workspace.runs(ORDERS).get(0).completedAt())
                .isEqualTo(workspace.runs(REPORT).get(0).completedAt());
    }

    @Test
    void shouldQueryAllDatasetsWhereARunOfAReportNamesNone() {
        datasetRuns.reportRuns(ReportRuns.QUERY);

        var run = token(json(call("POST", RUNS_OF_REPORT)));

        assertThat(datasetRuns.shownBy(run)).containsOnlyKeys(ORDERS, STOCK);
    }

    @Test
    void shouldRunADatasetBySchedule() {
        datasetRuns.schedule(ORDERS, Duration.ofMinutes(10));
        clock.advance(Duration.ofMinutes(9));
        assertThat(workspace.runs(ORDERS)).isEmpty();
        var scheduledAt = clock.instant().plus(Duration.ofMinutes(1));

        clock.advance(Duration.ofMinutes(25));

        var row = json(get("/datasets/" + ORDERS));
        assertThat(time(row, "last_run_at")).isEqualTo(scheduledAt.plus(Duration.ofMinutes(20)));
        assertThat(workspace.runs(ORDERS))
                .extracting(SandboxRun::createdAt)
                .containsExactly(
                        scheduledAt.plus(Duration.ofMinutes(20)),
                        scheduledAt.plus(Duration.ofMinutes(10)),
                        scheduledAt);
        assertThat(workspace.runs(ORDERS)).allMatch(run -> !run.executedBy().equals(Sandbox.API_USER));
    }

    @Test
    void shouldHaveBeenRunBefore() {
        var run = datasetRuns.ranBefore(ORDERS, Duration.ofHours(1));

        assertThat(run.state()).isEqualTo("succeeded");
        var row = json(get("/datasets/" + ORDERS));
        assertThat(time(row, "last_run_at")).isEqualTo(clock.instant().minus(Duration.ofHours(1)));
        assertThat(time(row, "last_successfully_run_at"))
                .isEqualTo(clock.instant().minus(Duration.ofHours(1)).plusSeconds(2));
    }

    /** Even if nobody has looked since. */
    @Test
    void shouldMakeScheduledRunsBeforeAnotherThatIsPostedLater() {
        datasetRuns.schedule(ORDERS, Duration.ofMinutes(10));
        clock.advance(Duration.ofMinutes(15));

        var posted = token(json(call("POST", RUNS_OF_ORDERS)));

        assertThat(workspace.runs(ORDERS)).hasSize(2).first().satisfies(run -> assertThat(run.token())
                .isEqualTo(posted));
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellOfLastRunsWhereItIsToldTo(LastRunsTold where) {
        datasetRuns.lastRunsTold(where);
        datasetRuns.runByHand(ORDERS);
        workspace.runByHand(REPORT, "ann");
        clock.advance(Duration.ofMinutes(1));

        var row = json(get("/data_sources/" + SOURCE + "/datasets")).at("/_embedded/reports/0");
        var listed = json(get(RUNS_OF_ORDERS));

        var inRows = where == LastRunsTold.IN_ROWS;
        assertThat(row.path("last_run_at").isTextual()).isEqualTo(inRows);
        assertThat(row.path("last_successfully_run_at").isTextual()).isEqualTo(inRows);
        assertThat(row.path("last_successful_run_token").isTextual()).isEqualTo(inRows);
        assertThat(row.at("/_links").has("last_run")).isEqualTo(inRows);
        assertThat(tokens(listed, "report_runs")).hasSize(where == LastRunsTold.NOWHERE ? 0 : 1);
        assertThat(json(get("/reports/" + REPORT)).path("last_run_at").isTextual())
                .as("of a report, everything is told")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"403, forbidden", "404, not_found", "405, method_not_allowed"})
    void shouldRefuseToRunADatasetUntilItIsAccepted(int status, String id) {
        datasetRuns.refuse(ORDERS, status);

        var refused = call("POST", RUNS_OF_ORDERS);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(json(refused).path("id").asText()).isEqualTo(id);
        assertThat(refused.tookEffect()).isFalse();
        assertThat(call("POST", "/reports/" + ORDERS + "/runs").status()).isEqualTo(status);
        assertThat(call("POST", "/datasets/" + STOCK + "/runs").status()).isEqualTo(202);
        assertThat(call("POST", RUNS_OF_REPORT).status()).isEqualTo(202);
        assertThat(workspace.runs(ORDERS)).isEmpty();
        datasetRuns.accept(ORDERS);
        assertThat(call("POST", RUNS_OF_ORDERS).status()).isEqualTo(202);
    }

    @Test
    void shouldSayInTheQueriesOfARunWhyItFailed() {
        mode.runClock().endsAs(ORDERS, "failed");
        mode.runClock().endsAs(REPORT, "failed");
        datasetRuns.failsWith(REPORT, "SqlUnknownFunction", "ERROR: function date_diff(...) does not exist");
        var ofDataset = datasetRuns.runByHand(ORDERS);
        var ofReport = workspace.runByHand(REPORT, "ann");
        var good = datasetRuns.runByHand(STOCK);
        clock.advance(Duration.ofMinutes(1));

        assertThat(query(ORDERS, ofDataset).path("error_code").asText()).isEqualTo("ResourceFailure");
        assertThat(query(ORDERS, ofDataset).path("error_type").asText()).isEqualTo("generic");
        assertThat(query(REPORT, ofReport).path("error_code").asText()).isEqualTo("SqlUnknownFunction");
        assertThat(query(REPORT, ofReport).path("error_message").asText()).contains("date_diff");
        assertThat(query(STOCK, good).path("state").asText()).isEqualTo("succeeded");
        assertThat(query(STOCK, good).path("error_message").isNull()).isTrue();
        assertThat(get("/reports/" + ORDERS + "/runs/gone/query_runs").status()).isEqualTo(404);
    }

    @Test
    void shouldShowTheSampleInUse() {
        var sample = SandboxWorkspace.sampleInUse();

        assertThat(sample.datasets()).allSatisfy(dataset -> assertThat(sample.runs(dataset))
                .singleElement()
                .satisfies(run -> assertThat(run.state()).isEqualTo("succeeded")));
    }

    private JsonNode query(String token, SandboxRun run) {
        var page = json(get("/reports/" + token + "/runs/" + run.token() + "/query_runs"));
        assertThat(page.at("/_embedded/query_runs")).hasSize(1);
        return page.at("/_embedded/query_runs/0");
    }

    private WithoutSocket.Response get(String path) {
        return call("GET", path);
    }

    private WithoutSocket.Response call(String method, String path) {
        return mode.answer(method, path, Map.of(), "");
    }

    private static JsonNode json(WithoutSocket.Response response) {
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(response.toString(), malformed);
        }
    }

    private static String token(JsonNode shown) {
        return shown.path("token").asText();
    }

    private static Instant time(JsonNode shown, String field) {
        return Instant.parse(shown.path(field).asText());
    }

    private static List<String> tokens(JsonNode page, String key) {
        return StreamSupport.stream(page.at("/_embedded/" + key).spliterator(), false)
                .map(DatasetRunsTest::token)
                .toList();
    }
}
