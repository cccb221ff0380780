package io.freshet.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Execution(ExecutionMode.CONCURRENT)
class LineageEventWriterTest {

    private static final LineageSchemas SCHEMAS = LineageSchemas.read();
    private static final ReportKey REPORT = new ReportKey("acme", "f00dfacef00d");
    private static final ReportKey DATASET = ReportKey.dataset("acme", "c0ffee000001");
    private static final SortedSet<String> DATASETS = new TreeSet<>(List.of("c0ffee000001", "c0ffee000002"));
    private static final Instant CHANGED_AT = Instant.parse("2026-03-01T06:00:00Z");
    private static final Instant ACCEPTED_AT = Instant.parse("2026-03-01T06:00:30.500Z");
    private static final Instant FINISHED_AT = Instant.parse("2026-03-01T06:01:00.250Z");
    private static final ChangeRefs CHANGES = ChangeRefs.of(new ChangeRef("/etl", "load-1", CHANGED_AT, "nightly"))
            .inBatch(7);

    private final LineageEventWriter writer = new LineageEventWriter(Presentations.WITH_NAMES);

    private static RunAccepted accepted(ReportKey of, Optional<String> name) {
        return new RunAccepted(of, name, "ba5eba11ba5e", DATASETS, CHANGES, ACCEPTED_AT, true);
    }

    private static RunFinished finished(ReportKey of, Outcome outcome, Optional<RunError> error) {
        return new RunFinished(
                of,
                Optional.of("Sales, daily"),
                "ba5eba11ba5e",
                DATASETS,
                CHANGES,
                outcome,
                "as Mode says",
                ACCEPTED_AT,
                false,
                FINISHED_AT,
                error);
    }

    private static RunRejected rejected(ReportKey of, ChangeRefs changes) {
        return new RunRejected(
                of, Optional.empty(), DATASETS, changes, "report_not_found", 404, "No such report.", FINISHED_AT);
    }

    private List<JsonNode> events(RunEvent event) {
        return writer.write("lineage", event).stream()
                .map(record -> AsyncApi.json(record.value()))
                .toList();
    }

    private JsonNode only(RunEvent event) {
        assertThat(events(event)).hasSize(1);
        return events(event).get(0);
    }

    // --- what it says

    @Test
    void shouldBeginARunWhenModeHasTakenIt() {
        assertThat(only(accepted(REPORT, Optional.of("Sales, daily")))).isEqualTo(AsyncApi.json("""
                {"eventType": "START", "eventTime": "2026-03-01T06:00:30.500Z", "producer": "urn:io.freshet",
                 "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
                 "run": {"runId": "RUN", "facets": {"freshet_refresh": {"_producer": "urn:io.freshet",
                   "_schemaURL": "urn:io.freshet:openlineage-facet:1-0-0#/$defs/FreshetRefreshRunFacet",
                   "changes_count": 1, "dataset_tokens": ["c0ffee000001", "c0ffee000002"], "run_token": "ba5eba11ba5e"}}},
                 "job": {"namespace": "mode://app.mode.com/acme", "name": "reports.f00dfacef00d", "facets": {
                   "jobType": {"_producer": "urn:io.freshet",
                     "_schemaURL": "https://openlineage.io/spec/facets/2-0-4/JobTypeJobFacet.json#/$defs/JobTypeJobFacet",
                     "processingType": "BATCH", "integration": "FRESHET", "jobType": "REPORT_REFRESH"},
                   "documentation": {"_producer": "urn:io.freshet",
                     "_schemaURL": "https://openlineage.io/spec/facets/1-1-0/DocumentationJobFacet.json#/$defs/DocumentationJobFacet",
                     "description": "Sales, daily"}}},
                 "inputs": [{"namespace": "mode://app.mode.com/acme", "name": "datasets.c0ffee000001"},
                            {"namespace": "mode://app.mode.com/acme", "name": "datasets.c0ffee000002"}],
                 "outputs": [{"namespace": "mode://app.mode.com/acme", "name": "reports.f00dfacef00d", "facets": {
                   "datasetType": {"_producer": "urn:io.freshet",
                     "_schemaURL": "https://openlineage.io/spec/facets/1-0-1/DatasetTypeDatasetFacet.json#/$defs/DatasetTypeDatasetFacet",
                     "datasetType": "REPORT"},
                   "dataSource": {"_producer": "urn:io.freshet",
                     "_schemaURL": "https://openlineage.io/spec/facets/1-0-1/DatasourceDatasetFacet.json#/$defs/DatasourceDatasetFacet",
                     "name": "mode://app.mode.com/acme", "uri": "https://app.mode.com/acme"},
                   "symlinks": {"_producer": "urn:io.freshet",
                     "_schemaURL": "https://openlineage.io/spec/facets/1-0-1/SymlinksDatasetFacet.json#/$defs/SymlinksDatasetFacet",
                     "identifiers": [{"namespace": "https://app.mode.com", "name": "/acme/reports/f00dfacef00d",
                       "type": "LOCATION"}]}}}]}
                """.replace(
                        "RUN",
                        UUID.nameUUIDFromBytes("acme/reports/f00dfacef00d/runs/ba5eba11ba5e".getBytes(UTF_8))
                                .toString())
                .getBytes(UTF_8)));
    }

    @Test
    void shouldEndARunAsItEnded() {
        var ends = Arrays.stream(Outcome.values())
                .filter(outcome -> outcome != Outcome.REJECTED)
                .map(outcome -> only(finished(REPORT, outcome, Optional.empty())))
                .toList();

        assertThat(ends)
                .map(end -> end.path("eventType").asText())
                .containsExactly("COMPLETE", "FAIL", "ABORT", "ABORT");
        assertThat(ends).allSatisfy(end -> {
            assertThat(end.path("eventTime").asText()).isEqualTo("2026-03-01T06:01:00.250Z");
            assertThat(end.at("/run/runId"))
                    .isEqualTo(only(accepted(REPORT, Optional.empty())).at("/run/runId"));
        });
        assertThat(ends)
                .map(end ->
                        end.at("/run/facets/freshet_refresh/freshness_seconds").asDouble(-1))
                .containsExactly(60.25, -1.0, -1.0, -1.0);
        assertThat(ends)
                .map(end -> end.at("/run/facets").has("errorMessage"))
                .containsExactly(false, true, false, false);
    }

    @Test
    void shouldSayWhyARunFailedAsFarAsModeSays() {
        var both = RunError.of(Optional.of("SqlUnknownColumn"), Optional.of("no column \"net\""));
        var code = RunError.of(Optional.of("SqlUnknownColumn"), Optional.empty());

        assertThat(Stream.of(both, code, Optional.<RunError>empty())
                        .map(error -> only(finished(REPORT, Outcome.FAILED, error)))
                        .map(end -> end.at("/run/facets/errorMessage/message").asText()))
                .containsExactly("no column \"net\"", "SqlUnknownColumn", "Mode says as Mode says, and not why.");
    }

    @Test
    void shouldBeginAndFailARunThatWillNotBe() {
        var both = events(rejected(REPORT, CHANGES));

        assertThat(both).map(one -> one.path("eventType").asText()).containsExactly("START", "FAIL");
        assertThat(both).map(one -> one.path("eventTime").asText()).containsOnly("2026-03-01T06:01:00.250Z");
        assertThat(both.get(1).at("/run/facets/errorMessage/message").asText())
                .isEqualTo("report_not_found: No such report.");
        assertThat(both.get(0).at("/run/runId")).isEqualTo(both.get(1).at("/run/runId"));
    }

    @Test
    void shouldTellTheRunOfADatasetAsItsOwnJob() {
        var start = only(accepted(DATASET, Optional.empty()));

        assertThat(start.at("/job/name").asText()).isEqualTo("datasets.c0ffee000001");
        assertThat(start.at("/job/facets/jobType/jobType").asText()).isEqualTo("DATASET_RUN");
        assertThat(start.path("inputs")).isEmpty();
        assertThat(start.at("/outputs/0/name").asText()).isEqualTo("datasets.c0ffee000001");
        assertThat(start.at("/outputs/0/facets/datasetType/datasetType").asText())
                .isEqualTo("TABLE");
        assertThat(start.at("/outputs/0/facets/symlinks/identifiers/0/name").asText())
                .isEqualTo("/acme/datasets/c0ffee000001");
    }

    @Test
    void shouldGiveEachRunAnIdOfItsOwn() {
        var runs = Stream.of(
                accepted(REPORT, Optional.empty()),
                accepted(new ReportKey("globex", "f00dfacef00d"), Optional.empty()),
                accepted(ReportKey.dataset("acme", "f00dfacef00d"), Optional.empty()),
                rejected(REPORT, CHANGES),
                rejected(REPORT, CHANGES.inBatch(8)));

        assertThat(runs.map(LineageRunId::of)).doesNotHaveDuplicates().hasSize(5);
    }

    @Test
    void shouldKeepNamesToItselfWherePeopleWantThat() {
        var nameless = new LineageEventWriter(Presentations.WITHOUT_NAMES);

        assertThat(nameless.write("lineage", accepted(REPORT, Optional.of("Sales, daily"))))
                .singleElement()
                .satisfies(
                        record -> assertThat(new String(record.value(), UTF_8)).doesNotContain("Sales"));
    }

    @Test
    void shouldSayNothingOfAWorkspaceThatIsNotConfigured() {
        var nowhere = new LineageEventWriter(new Presentation() {
            @Override
            public Optional<URI> host(String account) {
                return Optional.empty();
            }

            @Override
            public boolean showsNames(String account) {
                return true;
            }
        });

        assertThat(nowhere.write("lineage", accepted(REPORT, Optional.empty()))).isEmpty();
    }

    @Test
    void shouldBeKeyedAsByTheClientOfOpenLineage() {
        var records = writer.write("lineage", rejected(REPORT, CHANGES));

        assertThat(records).hasSize(2).allSatisfy(record -> {
            assertThat(new String(record.key(), UTF_8)).isEqualTo("run:mode://app.mode.com/acme/reports.f00dfacef00d");
            assertThat(record.topic()).isEqualTo("lineage");
            assertThat(record.headers()).isEmpty();
        });
    }

    // --- the schemas

    static Stream<RunEvent> all() {
        var many = ChangeRefs.of(IntStream.range(0, 300)
                .mapToObj(n -> new ChangeRef("/etl", "load-" + n, CHANGED_AT.plusSeconds(n), null))
                .toList());
        var error = RunError.of(Optional.of("SqlUnknownColumn"), Optional.of("x".repeat(2_000)));
        return Stream.of(REPORT, DATASET).flatMap(of -> Stream.of(
                        Stream.of(accepted(of, Optional.of("Sales")), accepted(of, Optional.empty())),
                        Arrays.stream(Outcome.values()).map(outcome -> finished(of, outcome, error)),
                        Stream.of(rejected(of, CHANGES), rejected(of, many), rejected(of, ChangeRefs.none())))
                .flatMap(events -> events));
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldBeAsTheSchemasOfOpenLineageSay(RunEvent event) {
        assertThat(events(event)).isNotEmpty().allSatisfy(one -> assertThat(SCHEMAS.faults(one))
                .as(one.toPrettyString())
                .isEmpty());
    }

    @Test
    void shouldGiveExamplesThatAreAsTheSchemasSay() {
        var examples = AsyncApi.read().message("openLineageRunEvent").path("examples");

        assertThat(StreamSupport.stream(examples.spliterator(), false).map(one -> one.path("payload")))
                .isNotEmpty()
                .allSatisfy(example -> assertThat(SCHEMAS.faults(example)).isEmpty());
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("no time", event -> event.put("eventTime", "today")),
                mistake("no producer", event -> event.remove("producer")),
                mistake("another type", event -> event.put("eventType", "DONE")),
                mistake("another id", event -> object(event, "/run").put("runId", "run-1")),
                mistake("a job without a name", event -> object(event, "/job").remove("name")),
                mistake(
                        "a schema that nobody has",
                        event -> object(event, "/job/facets/jobType")
                                .put(
                                        "_schemaURL",
                                        "https://openlineage.io/spec/facets/9-9-9/JobTypeJobFacet.json#/$defs/JobTypeJobFacet")),
                mistake("a facet without a producer", event -> object(event, "/job/facets/jobType")
                        .remove("_producer")),
                mistake("an error without a language", event -> object(event, "/run/facets/errorMessage")
                        .remove("programmingLanguage")),
                mistake("a type of no job", event -> object(event, "/job/facets/jobType")
                        .remove("integration")),
                mistake("an address that is none", event -> object(event, "/outputs/0/facets/dataSource")
                        .put("uri", "app mode")),
                mistake("a name of another kind", event -> object(event, "/outputs/0/facets/datasetType")
                        .put("datasetType", 7)),
                mistake("a link to nothing", event -> object(event, "/outputs/0/facets/symlinks/identifiers/0")
                        .remove("type")),
                mistake("a count of our own", event -> object(event, "/run/facets/freshet_refresh")
                        .put("changes_count", -1)));
    }

    private static Arguments mistake(String name, Consumer<ObjectNode> making) {
        return Arguments.of(name, making);
    }

    private static ObjectNode object(ObjectNode event, String pointer) {
        return (ObjectNode) event.at(pointer);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void shouldNoticeWhatTheSchemasForbid(String name, Consumer<ObjectNode> mistake) {
        var event = (ObjectNode) only(finished(REPORT, Outcome.FAILED, Optional.empty()));
        assertThat(SCHEMAS.faults(event)).isEmpty();

        mistake.accept(event);

        assertThat(SCHEMAS.faults(event)).as(name).isNotEmpty();
    }

    @Test
    void shouldBearTheNameThatTheDocumentHas() {
        assertThat(AsyncApi.read().document().path("id").asText()).isEqualTo(LineageProducer.URI);
    }
}
