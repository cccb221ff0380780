package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.mode.Answer.Success;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client reads in answers of the shape that Mode's were recorded in: see {@code mode-answers/README.md}. */
class RecordedAnswersTest {

    private static final Instant BEGAN = Instant.parse("2024-06-01T09:34:55.857Z");
    private static final Instant ENDED = Instant.parse("2024-06-01T09:34:56.770Z");

    private static final Instant SAVED = Instant.parse("2024-06-01T09:33:40.120Z");

    @Test
    void shouldReadTheDatasetsOfASpace() throws IOException {
        assertThat(listed("datasets-of-space.json", "last-page-without-rows.json", Dataset::of))
                .containsExactly(new Dataset(
                        "da7a5e000001",
                        "Port calls",
                        Optional.of(""),
                        Optional.of("c0ffee000001"),
                        Optional.of("Harbour office"),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(BEGAN),
                        Optional.of(ENDED),
                        Optional.of(SAVED)));
    }

    @Test
    void shouldReadADataset() throws IOException {
        assertThat(Dataset.of(recorded("dataset.json")))
                .isEqualTo(new Dataset(
                        "da7a5e000001",
                        "Port calls",
                        Optional.of(""),
                        Optional.of("c0ffee000001"),
                        Optional.empty(),
                        false,
                        Optional.of(Duration.ofMillis(912)),
                        Optional.empty(),
                        Optional.of(BEGAN),
                        Optional.of(ENDED),
                        Optional.of(SAVED)));
    }

    @Test
    void shouldReadTheReportsOfASpace() throws IOException {
        var reports = listed("reports-of-space.json", "last-page-without-rows.json", FullReport::of);

        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.token()).isEqualTo("4e9047000001");
            assertThat(report.name()).isEqualTo("Berths by week");
            assertThat(report.isDataset()).isFalse();
            assertThat(report.importedDatasets()).contains(new TreeSet<>(List.of("da7a5e000001")));
            assertThat(report.space()).contains("c0ffee000001");
            assertThat(report.lastSuccessfulRun()).contains("4a0000000001");
            assertThat(report.lastSuccessfullyRunAt()).contains(Instant.parse("2023-03-05T11:02:17.301Z"));
            assertThat(report.expectedRuntime()).contains(Duration.ofMillis(1876));
        });
    }

    /** A dataset has a report's address, too. */
    @Test
    void shouldTellADatasetFromAReport() throws IOException {
        var dataset = FullReport.of(recorded("dataset.json"));

        assertThat(dataset.isDataset()).isTrue();
        assertThat(dataset.importedDatasets()).isEmpty();
        assertThat(dataset.lastSuccessfullyRunAt()).contains(ENDED);
    }

    @Test
    void shouldReadAReportAndTheDatasetsThatItImports() throws IOException {
        var report = recorded("reports-of-space.json").at("/_embedded/reports/0");

        assertThat(Report.of(report)).isEqualTo(new Report("4e9047000001", "Berths by week", false));
        assertThat(LenientJson.tokens(report, "imported_datasets")).contains(new TreeSet<>(List.of("da7a5e000001")));
        assertThat(LenientJson.text(report, "id")).contains("3120458");
    }

    @Test
    void shouldReadWhyAQueryFailed() throws IOException {
        assertThat(PageWalk.rows(recorded("query-runs.json"), "query_runs", QueryRun::of))
                .isEqualTo(new Success<>(List.of(new QueryRun(
                        "failed",
                        Optional.of("SqlUnknownColumn"),
                        Optional.of("ERROR: column berths does not exist")))));
    }

    @Test
    void shouldReadTheSqlOfDefinitions() throws IOException {
        assertThat(PageWalk.rows(recorded("definitions.json"), "definitions", Definition::of))
                .isEqualTo(new Success<>(List.of(
                        new Definition("berth_fees", "SELECT\\n\\tberth,\\n\\tfee\\nFROM\\n\\tharbour.fees"),
                        new Definition("fees_by_ship", "SELECT * FROM {{ @berth_fees as fees }}"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"last-page-without-rows.json", "last-page-with-an-empty-array.json"})
    void shouldFindTheEndOfAListing(String lastPage) throws IOException {
        assertThat(listed("reports-of-space.json", lastPage, Report::of)).hasSize(1);
        assertThat(PageWalk.rows(recorded(lastPage), "reports", FullReport::of)).isEqualTo(new Success<>(List.of()));
    }

    @Test
    void shouldReadTheDataSources() throws IOException {
        assertThat(PageWalk.rows(recorded("data-sources.json"), "data_sources", DataSource::of))
                .isEqualTo(new Success<>(List.of(new DataSource(
                        "50acce000001",
                        "Quay warehouse",
                        "jdbc:postgresql",
                        "postgresql",
                        "warehouse.example.test",
                        OptionalInt.of(5432),
                        "calls",
                        "",
                        false))));
    }

    /** A listing of something else is no empty one. */
    @ParameterizedTest
    @ValueSource(strings = {"spaces.json", "data-sources.json"})
    void shouldNotTakeAnotherListingForAnEmptyOne(String listing) throws IOException {
        assertThat(LenientJson.rows(recorded(listing), "reports")).isEmpty();
    }

    private static <T> List<T> listed(String first, String last, Function<JsonNode, T> reading) throws IOException {
        var pages = List.of(recorded(first), recorded(last));
        return new PageWalk<>("reports", reading, row -> false)
                .walk(number -> Uni.createFrom().item(new Success<>(pages.get(number - 1))))
                .await()
                .atMost(Duration.ofSeconds(10))
                .fold(rows -> rows, failure -> {
                    throw new AssertionError(failure);
                });
    }

    private static JsonNode recorded(String file) throws IOException {
        try (var stream = RecordedAnswersTest.class.getResourceAsStream("/mode-answers/" + file)) {
            return LenientJson.object(Objects.requireNonNull(stream, file).readAllBytes())
                    .orElseThrow();
        }
    }
}
