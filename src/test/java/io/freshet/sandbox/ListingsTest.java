package io.freshet.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingsTest {

    private static final String SOURCE = "5ca1ab1e0001";
    private static final String SPACE = "5ca1ab1e0002";

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final SandboxWorkspace workspace = sandbox.workspace();
    private final Caller mode = Caller.of(sandbox);

    @BeforeEach
    void furnish() {
        workspace.addDataSource(SOURCE, "Orders warehouse");
        workspace.addSpace(SPACE, "Sales");
        IntStream.range(0, 70).forEach(at -> workspace.addDataset(dataset(at), "Dataset " + at, SOURCE, SPACE));
        IntStream.range(0, 31).forEach(at -> workspace.addReport(report(at), "Report " + at, SPACE, dataset(0)));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void shouldListDatasetsAsReports() throws Exception {
        var page = mode.json("data_sources/" + SOURCE + "/datasets");

        assertThat(page.at("/_links/self/href").asText()).isEqualTo("/api/acme/data_sources/" + SOURCE + "/datasets");
        assertThat(page.has("pagination")).isFalse();
        var row = page.at("/_embedded/reports/0");
        assertThat(row.path("token").asText()).isEqualTo(dataset(0));
        assertThat(row.path("type").asText()).isEqualTo("DatasetReport");
        assertThat(row.path("collection_token").asText()).isEqualTo(SPACE);
        assertThat(row.path("created_at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(row.has("archived")).isFalse();
        assertThat(row.has("expected_runtime")).isFalse();
    }

    @Test
    void shouldMixNumbersAndTextsAsIds() throws Exception {
        var ids = mode.rows("data_sources/" + SOURCE + "/datasets", "reports").stream()
                .map(row -> row.path("id").isNumber())
                .toList();

        assertThat(ids).contains(true, false);
    }

    @Test
    void shouldPageByThirtyUntilAnEmptyList() throws Exception {
        var sizes = new ArrayList<Integer>();
        for (var page = 1; page <= 4; page++) {
            sizes.add(mode.tokens("spaces/" + SPACE + "/datasets?per_page=100&page=" + page)
                    .size());
        }

        assertThat(sizes).containsExactly(30, 30, 10, 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EMPTY_ARRAY    | 200 | {LINKS,"_embedded":{"reports":[]}}
            NULL_ROWS      | 200 | {LINKS,"_embedded":{"reports":null}}
            EMPTY_EMBEDDED | 200 | {LINKS,"_embedded":{}}
            NULL_EMBEDDED  | 200 | {LINKS,"_embedded":null}
            EMPTY_OBJECT   | 200 | {}
            NO_CONTENT     | 204 | ''
            """)
    void shouldEndItsListingsAsTold(LastPage form, int status, String body) throws Exception {
        workspace.endListingsWith(List.of(form));

        for (var listing : List.of("spaces/" + SPACE + "/datasets", "datasets/" + dataset(0) + "/reports")) {
            var past = mode.get(listing + "?page=4");

            assertThat(past.statusCode()).isEqualTo(status);
            assertThat(past.body().replaceFirst("\"_links\":\\{.*?}}", "LINKS")).isEqualTo(body);
            assertThat(mode.tokens(listing)).hasSize(30);
        }
    }

    @Test
    void shouldEndItsListingsInEachFormInTurn() throws Exception {
        var ends = new ArrayList<String>();
        for (var turn = 0; turn < 2 * LastPage.values().length; turn++) {
            ends.add(mode.get("spaces/" + SPACE + "/reports?page=9").body());
        }

        var once = ends.subList(0, LastPage.values().length);
        assertThat(once).doesNotHaveDuplicates();
        assertThat(ends.subList(once.size(), ends.size())).isEqualTo(once);
    }

    @Test
    void shouldEndItsListingsAsItsSettingsSay() throws Exception {
        try (var pinned = Sandbox.start(
                SandboxSettings.defaults().withLastPage(LastPage.NO_CONTENT), SandboxWorkspace.sample())) {
            var listing = "data_sources/" + SampleWorkspace.SUPPORT + "/datasets?page=2";

            assertThat(Caller.of(pinned).get(listing).statusCode()).isEqualTo(204);
            assertThat(Caller.of(pinned).get(listing).statusCode()).isEqualTo(204);
        }
    }

    @Test
    void shouldRepeatRowsButLoseNoneWhenTold() throws Exception {
        workspace.repeatRows(true);
        var seen = new ArrayList<String>();
        for (var page = 1; page <= 4; page++) {
            seen.addAll(mode.tokens("data_sources/" + SOURCE + "/datasets?page=" + page));
        }

        assertThat(seen).hasSize(72).containsAll(workspace.datasets());
        assertThat(seen.get(30)).isEqualTo(seen.get(29));
    }

    @Test
    void shouldMoveARowBetweenTwoPagesWhenTold() throws Exception {
        workspace.afterPage(1, () -> workspace.moveReportToEnd(report(3)));
        var listing = "spaces/" + SPACE + "/reports?page=";

        assertThat(mode.tokens(listing + 1)).contains(report(3)).doesNotContain(report(30));
        assertThat(mode.tokens(listing + 2)).containsExactly(report(3));
        assertThat(mode.tokens(listing + 1)).contains(report(30)).doesNotContain(report(3));
    }

    @Test
    void shouldIgnoreFiltersOfDatasets() throws Exception {
        assertThat(mode.tokens("data_sources/" + SOURCE + "/datasets?filter=created_at.gt.2099-01-01T00:00:00Z"))
                .hasSize(30);
    }

    @Test
    void shouldNotListArchivedDatasets() throws Exception {
        workspace.archiveDataset(dataset(0));

        assertThat(mode.tokens("data_sources/" + SOURCE + "/datasets")).doesNotContain(dataset(0));
        assertThat(mode.json("datasets/" + dataset(0)).path("archived").asBoolean())
                .isTrue();
    }

    @Test
    void shouldShowLittleOfTheReportsOfADataset() throws Exception {
        workspace.archiveReport(report(0));

        var rows = mode.rows("datasets/" + dataset(0) + "/reports", "reports");

        assertThat(rows).hasSize(30);
        assertThat(rows.get(0).path("token").asText()).isEqualTo(report(0));
        assertThat(List.copyOf(rows.get(0).properties()))
                .extracting(property -> property.getKey())
                .containsExactlyInAnyOrder("token", "name", "creator", "_links");
        assertThat(mode.tokens("datasets/" + dataset(0) + "/reports?page=2")).containsExactly(report(30));
        assertThat(mode.tokens("datasets/" + dataset(1) + "/reports")).isEmpty();
    }

    @Test
    void shouldShowReportsOfASpaceInFull() throws Exception {
        workspace.archiveReport(report(0));

        var row = mode.rows("spaces/" + SPACE + "/reports", "reports").get(0);

        assertThat(row.path("archived").asBoolean()).isTrue();
        assertThat(row.at("/imported_datasets/0/token").asText()).isEqualTo(dataset(0));
        assertThat(row.at("/imported_datasets/0/_forms/refresh/action").asText())
                .isEqualTo("/api/acme/reports/" + report(0) + "/runs");
    }

    @Test
    void shouldShowTheLastRunsOfTheReportsOfASpaceAndNeitherACountNorAnEnd() throws Exception {
        sandbox.runClock().takes(report(0), Duration.ZERO, Duration.ZERO);
        sandbox.runClock().takes(report(1), Duration.ZERO, Duration.ZERO);
        sandbox.runClock().endsAs(report(1), "failed");
        var good = workspace.runByHand(report(0), "ann");
        var bad = workspace.runByHand(report(1), "ann");

        var page = mode.json("spaces/" + SPACE + "/reports");

        assertThat(page.at("/_links/self/href").asText()).isEqualTo("/api/acme/collections/" + SPACE + "/reports");
        assertThat(page.at("/_links").properties()).hasSize(1);
        assertThat(page.has("pagination")).isFalse();
        var row = page.at("/_embedded/reports/0");
        assertThat(row.path("space_token").asText()).isEqualTo(SPACE);
        assertThat(row.path("last_successful_run_token").asText()).isEqualTo(good.token());
        assertThat(row.path("last_successfully_run_at").asText())
                .isEqualTo(Hal.time(good.completedAt().orElseThrow()));
        assertThat(row.at("/_links/last_run/href").asText()).endsWith("/runs/" + good.token());
        assertThat(row.path("expected_runtime").isNumber()).isTrue();
        var failed = page.at("/_embedded/reports/1");
        assertThat(failed.path("last_successful_run_token").isNull()).isTrue();
        assertThat(failed.at("/_links/last_run/href").asText()).endsWith("/runs/" + bad.token());
        assertThat(failed.path("expected_runtime").isNull()).isTrue();
        assertThat(mode.tokens("spaces/" + SPACE + "/reports?per_page=100")).hasSize(30);
        assertThat(mode.tokens("spaces/" + SPACE + "/reports?page=3")).isEmpty();
    }

    @Test
    void shouldTakeSpacesForCollections() throws Exception {
        assertThat(mode.tokens("collections/" + SPACE + "/datasets")).hasSize(30);
        assertThat(mode.rows("spaces", "spaces").get(0).at("/_links/self/href").asText())
                .isEqualTo("/api/acme/collections/" + SPACE);
    }

    @Test
    void shouldListDataSources() throws Exception {
        assertThat(mode.rows("data_sources?page=7", "data_sources")
                        .get(0)
                        .path("name")
                        .asText())
                .isEqualTo("Orders warehouse");
    }

    @Test
    void shouldNotFindWhatIsNotThere() throws Exception {
        var answer = mode.get("data_sources/000000000000/datasets");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Caller.json(answer).path("id").asText()).isEqualTo("not_found");
        assertThat(Caller.json(answer).path("message").asText()).isEqualTo("data source not found");
        assertThat(mode.get("spaces/000000000000/datasets").statusCode()).isEqualTo(404);
        assertThat(mode.get("datasets/000000000000/reports").statusCode()).isEqualTo(404);
        assertThat(Caller.json(mode.get("nothing/of/the/kind")).path("message").asText())
                .isEqualTo("request path not recognized");
    }

    @Test
    void shouldShowTheSampleWorkspace() {
        var sample = SandboxWorkspace.sample();

        assertThat(sample.dataSources()).hasSize(4).contains(SampleWorkspace.ORDERS_WAREHOUSE);
        assertThat(sample.datasets()).hasSize(12).allMatch(token -> token.matches("[0-9a-f]{12}"));
        assertThat(sample.reports()).hasSize(30).allMatch(token -> !sample.datasetsOf(token)
                .isEmpty());
    }

    private static String dataset(int at) {
        return "d%011d".formatted(at);
    }

    private static String report(int at) {
        return "f%011d".formatted(at);
    }
}
