package io.freshet.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.state.ReportState;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The document and the code say the same. */
@Execution(ExecutionMode.CONCURRENT)
class AsyncApiTest {

    private static final Instant AT = Instant.parse("2026-01-31T06:00:00Z");
    private static final ReportKey REPORT = new ReportKey("acme", "f00dfacef00d");
    private static final ReportKey DATASET = ReportKey.dataset("acme", "c0ffee000001");
    private static final SortedSet<String> DATASETS = new TreeSet<>(Set.of("c0ffee000001", "c0ffee000002"));
    private static final ChangeRefs FEW = ChangeRefs.of(
                    new ChangeRef("/etl/orders", "load-1", AT, "hourly load", "5a1d3f0b7c2e"))
            .in(Traces.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
            .inBatch(17);
    private static final ChangeRefs MANY = ChangeRefs.of(IntStream.range(0, 300)
                    .mapToObj(number -> new ChangeRef("/etl/orders", "load-" + number, AT.plusSeconds(number), null))
                    .toList())
            .inBatch(18)
            .and(FEW);
    /** With those that are there only if they are set. */
    private static final Topics TOPICS = new SmallRyeConfigBuilder()
            .withMapping(Topics.class)
            .withDefaultValue("freshet.topics.lineage", "lineage")
            .withDefaultValue("freshet.topics.openlineage", "openlineage")
            .build()
            .getConfigMapping(Topics.class);

    private static final EventWriter WRITER = new EventWriter(Presentations.WITH_NAMES);
    private static final BatchEventWriter BATCH_WRITER = new BatchEventWriter(Presentations.WITH_NAMES);
    private static final BatchKey BATCH = new BatchKey("acme", 17);
    private static final NotSucceeded FAILED =
            new NotSucceeded("f00dfacef00d", "report", "failed", "run_failed", "ba5eba11ba5e");
    private static final NotSucceeded UNKNOWN =
            new NotSucceeded("5a1d3f0b7c2e", "data_source", "refused", "data_source_not_found", null);
    private static final Accounts ACME = new Accounts() {
        @Override
        public boolean knows(String account) {
            return account.equals("acme");
        }

        @Override
        public List<String> all() {
            return List.of("acme");
        }

        @Override
        public Optional<String> only() {
            return Optional.of("acme");
        }
    };

    private final AsyncApi api = AsyncApi.read();
    private final EventReader reader = new EventReader();

    // --- topics

    @Test
    void shouldNameEveryTopicByItsDefault() {
        var channels = api.document().path("channels");

        assertThat(channels.properties()).map(Map.Entry::getKey).containsExactlyElementsOf(TOPICS.all());
        assertThat(channels.findValuesAsText("address")).containsExactlyElementsOf(TOPICS.all());
    }

    @Test
    void shouldDescribeTheTopicsAsTheyAreCreated() {
        api.document().path("channels").properties().forEach(channel -> {
            var kafka = channel.getValue().at("/bindings/kafka");
            var compacted = channel.getKey().equals(TOPICS.state());

            var isOwn = Set.of(TOPICS.inbox(), TOPICS.state()).contains(channel.getKey());
            assertThat(kafka.path("partitions").asInt())
                    .as(channel.getKey())
                    .isEqualTo(isOwn ? TOPICS.ownPartitions() : TOPICS.partitions());
            assertThat(AsyncApi.texts(kafka.path("topicConfiguration").path("cleanup.policy")))
                    .as(channel.getKey())
                    .containsExactly(compacted ? "compact" : "delete");
        });
    }

    @Test
    void shouldNameTheGroupsThatReadTheTopics() throws IOException {
        var settings = new Properties();
        try (var file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            settings.load(file);
        }

        for (var operation : List.of("readChanges", "readLineage", "readRefreshes", "readInbox")) {
            var described = api.document().path("operations").path(operation);
            var channel = described
                    .at("/channel/$ref")
                    .asText()
                    .substring("#/channels/".length())
                    .replace("freshet-", "")
                    // One consumer reads both.
                    .replace("openlineage", "upstream-data-changed");
            assertThat(AsyncApi.texts(described.at("/bindings/kafka/groupId/enum")))
                    .containsExactly(settings.getProperty("mp.messaging.incoming." + channel + ".group.id"));
        }
    }

    @Test
    void shouldHaveNoReferenceThatLeadsNowhere() {
        var references = api.document().findValuesAsText("$ref");

        assertThat(references).isNotEmpty().allSatisfy(reference -> assertThat(api.at(reference))
                .isNotNull());
    }

    // --- what is written

    /** An event as it is written, with the channel and the message that describe it. */
    record Sent(String message, String channel, ProducerRecord<byte[], byte[]> record) {}

    static List<Sent> written() {
        return Stream.of(
                        Stream.of(FEW, MANY).flatMap(AsyncApiTest::written),
                        Stream.of(FEW, MANY).flatMap(AsyncApiTest::planned),
                        settled(),
                        changedFreshness(),
                        changedWorkspaces())
                .flatMap(all -> all)
                .toList();
    }

    private static Stream<Sent> planned(ChangeRefs changes) {
        var targets = Stream.of(
                new Target.DataSource("5a1d3f0b7c2e"),
                new Target.Space("0ddba11c0de5"),
                new Target.Datasets(DATASETS),
                new Target.Report("f00dfacef00d", DATASETS),
                new Target.Report("f00dfacef00d", new TreeSet<>()));
        return Stream.concat(targets.map(target -> planned(target, changes, 1)), Stream.of(planned(1_200)))
                .flatMap(AsyncApiTest::written);
    }

    private static ChangePlanned planned(int reports) {
        return planned(new Target.DataSource("5a1d3f0b7c2e"), FEW, reports);
    }

    private static ChangePlanned planned(Target target, ChangeRefs changes, int reports) {
        return new ChangePlanned(
                BATCH,
                target,
                changes,
                List.copyOf(DATASETS),
                IntStream.range(0, reports).mapToObj("f00d%08d"::formatted).toList(),
                List.of(LeftOut.report("f00dfacef11d", "archived"), LeftOut.dataset("c0ffee000003", "archived")),
                List.of(
                        new HeldBack("f00d00000000", "report", Subject.report("f00d00000000")),
                        new HeldBack("c0ffee000001", "dataset", Subject.WORKSPACE)),
                reports > 1,
                Map.of("c0ffee000001", "Orders", "f00d00000000", "Sales, daily", "5a1d3f0b7c2e", "Warehouse"),
                Map.of("c0ffee000002", "mentions core.orders"),
                AT);
    }

    private static Stream<Sent> settled() {
        var change = new ChangeRef("/etl/orders", "load-1", AT, "hourly load");
        return Arrays.stream(ChangeOutcome.values())
                .map(outcome -> new Settlement(
                        outcome,
                        new RunCounts(1, 2, 0, 0, 0, 1),
                        outcome == ChangeOutcome.SUCCEEDED ? List.of() : List.of(FAILED, UNKNOWN),
                        Optional.of(AT),
                        outcome == ChangeOutcome.SUCCEEDED
                                ? DataFreshness.FRESH
                                : outcome == ChangeOutcome.PARTLY ? DataFreshness.STALE : DataFreshness.UNKNOWN,
                        AT))
                .map(settlement -> new ChangeSettled(BATCH, change, settlement))
                .flatMap(AsyncApiTest::written);
    }

    private static Stream<Sent> changedWorkspaces() {
        var subjects = Stream.of(
                Subject.WORKSPACE,
                Subject.dataSource("5a1d3f0b7c2e"),
                Subject.space("0ddba11c0de5"),
                Subject.dataset("c0ffee000001"),
                Subject.report("f00dfacef00d"),
                new Subject(Subject.Kind.KEY, "acme/reports/f00dfacef00d"));
        var facts = subjects.flatMap(subject -> Arrays.stream(FactKey.Kind.values())
                .map(kind ->
                        new WorkspaceFact(new FactKey("acme", kind, subject), "month end", Optional.of("ops"), AT)));
        return facts.flatMap(fact -> Stream.of(WorkspaceChanged.now(fact), WorkspaceChanged.noLonger(fact)))
                .map(event -> new Sent(
                        "workspaceChanged",
                        TOPICS.workspaceChanged(),
                        new WorkspaceEventWriter().write(TOPICS.workspaceChanged(), event)));
    }

    private static Stream<Sent> changedFreshness() {
        var change = new ChangeRef("/etl/orders", "load-1", AT, "hourly load", "5a1d3f0b7c2e");
        return Arrays.stream(FreshnessChanged.Kind.values())
                .map(kind -> FreshnessChanged.of(
                        kind, REPORT, "board", change, Duration.ofMinutes(15), AT.plusSeconds(1_000)))
                .map(event -> new Sent(
                        event.kind() == FreshnessChanged.Kind.BREACHED ? "freshnessBreached" : "freshnessRestored",
                        TOPICS.freshnessChanged(),
                        new FreshnessEventWriter().write(TOPICS.freshnessChanged(), event)));
    }

    private static Stream<Sent> written(BatchEvent event) {
        var message = event.fold(planned -> "changePlanned", settled -> "changeSettled");
        return BATCH_WRITER.write(TOPICS.of(event), event).stream()
                .map(record -> new Sent(message, TOPICS.of(event), record));
    }

    private static Stream<Sent> written(ChangeRefs causes) {
        var refresh = WRITER.write(
                TOPICS.refreshRequested(),
                REPORT,
                DATASETS,
                new ChangeRef("/freshet/acme/api", "ticket-1", AT, "by hand"));
        return Stream.concat(
                Stream.of(new Sent("refreshRequested", TOPICS.refreshRequested(), refresh)),
                Stream.concat(
                        runs(REPORT, DATASETS, causes),
                        runs(DATASET, new TreeSet<>(List.of(DATASET.reportToken())), causes)));
    }

    private static Stream<Sent> runs(ReportKey of, SortedSet<String> datasets, ChangeRefs causes) {
        return Stream.of(Optional.<String>empty(), Optional.of("Sales, daily"))
                .flatMap(name -> runs(of, name, datasets, causes));
    }

    private static Stream<Sent> runs(
            ReportKey of, Optional<String> name, SortedSet<String> datasets, ChangeRefs causes) {
        var finished = outcomesOfRuns()
                .map(outcome -> new RunFinished(
                        of,
                        name,
                        "ba5eba11ba5e",
                        datasets,
                        causes,
                        outcome,
                        "completed",
                        AT,
                        true,
                        AT,
                        error(outcome)));
        return Stream.of(
                        Stream.of(written(
                                "runAccepted", new RunAccepted(of, name, "ba5eba11ba5e", datasets, causes, AT, true))),
                        finished.map(event -> written("runFinished", event)),
                        Stream.of(written(
                                "runRejected",
                                new RunRejected(
                                        of, name, datasets, causes, "report_not_found", 404, "report not found", AT))))
                .flatMap(all -> all);
    }

    private static Optional<RunError> error(Outcome outcome) {
        return Optional.of(outcome)
                .filter(Outcome.FAILED::equals)
                .flatMap(failed -> RunError.of(Optional.of("SqlUnknownColumn"), Optional.of("x".repeat(2_000))));
    }

    private static Stream<Outcome> outcomesOfRuns() {
        return Arrays.stream(Outcome.values()).filter(outcome -> outcome != Outcome.REJECTED);
    }

    private static Sent written(String message, RunEvent event) {
        return new Sent(message, TOPICS.of(event), WRITER.write(TOPICS.of(event), event));
    }

    @ParameterizedTest
    @MethodSource("written")
    void shouldDescribeEveryEventThatIsWritten(Sent written) {
        assertThat(faults(api, written))
                .as(new String(written.record().value(), UTF_8))
                .isEmpty();
    }

    @Test
    void shouldDescribeNothingThatIsNeverWritten() {
        // What comes in as well may say more than Freshet itself does.
        for (var message : List.of(
                "changePlanned",
                "changeSettled",
                "runAccepted",
                "runFinished",
                "runRejected",
                "workspaceChanged",
                "freshnessBreached",
                "freshnessRestored")) {
            var emitted = new TreeSet<String>();
            written().stream()
                    .filter(one -> one.message().equals(message))
                    .forEach(one ->
                            AsyncApi.json(one.record().value()).fieldNames().forEachRemaining(emitted::add));

            var payload = api.at(api.message(message).at("/payload/$ref").asText());
            assertThat(payload.path("properties").properties())
                    .as(message)
                    .map(Map.Entry::getKey)
                    .containsExactlyInAnyOrderElementsOf(emitted);
        }
    }

    @Test
    void shouldTellALongPlanInPartsThatAreThePlanTogether() {
        var plan = planned(1_200);

        var parts = written(plan).map(part -> part.record()).toList();

        assertThat(parts)
                .map(part -> AsyncApi.json(part.headers()).path("ce_id").asText())
                .containsExactly("17/1", "17/2", "17/3");
        var told = parts.stream().map(part -> AsyncApi.json(part.value())).toList();
        assertThat(told).map(part -> part.path("part").asInt()).containsExactly(1, 2, 3);
        assertThat(told).map(part -> part.path("parts").asInt()).containsExactly(0, 0, 3);
        assertThat(told)
                .flatMap(part -> part.path("reports").findValuesAsText("token"))
                .containsExactlyElementsOf(plan.reports());
        assertThat(told)
                .flatMap(part -> part.path("left_out").findValuesAsText("token"))
                .containsExactly("f00dfacef11d", "c0ffee000003");
    }

    @Test
    void shouldDescribeWhatADeadLetterSaysMore() {
        var arrival = new InboundRecord(
                "upstream-data-changed", 3, 1741, AT, null, "[]".getBytes(UTF_8), new RecordHeaders());

        var buried = DeadLetter.of(TOPICS.upstreamDataChangedDlq(), arrival, "not_json", "No object.");

        assertThat(api.faults(api.message("deadLetter").path("headers"), AsyncApi.json(buried.headers())))
                .isEmpty();
    }

    private static List<String> faults(AsyncApi api, Sent written) {
        var message = api.message(written.message());
        var faults = new ArrayList<String>();
        faults.addAll(api.faults(
                message.path("payload"), AsyncApi.json(written.record().value())));
        faults.addAll(api.faults(
                message.path("headers"), AsyncApi.json(written.record().headers())));
        var bindings = message.path("bindings").has("$ref")
                ? api.at(message.at("/bindings/$ref").asText())
                : message.path("bindings");
        faults.addAll(api.faults(
                bindings.at("/kafka/key"),
                JsonNodeFactory.instance.textNode(new String(written.record().key(), UTF_8))));
        if (!api.document()
                .at("/channels/" + written.channel() + "/messages")
                .findValuesAsText("$ref")
                .contains("#/components/messages/" + written.message())) {
            faults.add(written.channel() + " has no " + written.message());
        }
        return faults;
    }

    // --- words

    @Test
    void shouldNameTheOutcomesThatThereAre() {
        assertThat(AsyncApi.texts(api.schema("Outcome").path("enum")))
                .containsExactlyElementsOf(outcomesOfRuns().map(Outcome::word).toList());
        assertThat(AsyncApi.texts(api.schema("ReportOutcome").path("enum")))
                .containsExactlyElementsOf(
                        Arrays.stream(Outcome.values()).map(Outcome::word).toList());
        assertThat(AsyncApi.texts(api.schema("ChangeOutcome").path("enum")))
                .containsExactlyElementsOf(Arrays.stream(ChangeOutcome.values())
                        .map(ChangeOutcome::word)
                        .toList());
    }

    @Test
    void shouldNameTheStatesThatThereAre() {
        assertThat(AsyncApi.texts(api.schema("ReportState").at("/properties/state/enum")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ReportState.class.getPermittedSubclasses())
                        .map(state -> state.getSimpleName().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void shouldNameWhatMayBeTrueOfAWorkspace() {
        var words = Arrays.stream(FactKey.Kind.values()).map(FactKey.Kind::word).toList();
        var undone =
                Arrays.stream(FactKey.Kind.values()).map(FactKey.Kind::undone).toList();

        assertThat(AsyncApi.texts(api.schema("WorkspaceFact").at("/properties/what/enum")))
                .containsExactlyElementsOf(words);
        assertThat(AsyncApi.texts(api.schema("WorkspaceChanged").at("/properties/what/enum")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(words.stream(), undone.stream()).toList());
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of("not_json", "{", "acme"),
                Arguments.of("not_a_change", "{}", "acme"),
                Arguments.of("bad_token", "{\"space\": \"a/b\"}", "acme"),
                Arguments.of("bad_tables", "{\"data_source\": \"a\", \"tables\": []}", "acme"),
                Arguments.of("unknown_account", "{\"account\": \"other\", \"space\": \"a\"}", "acme"),
                Arguments.of("not_a_refresh", "{\"report\": \"a\"}", "refresh"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void shouldKnowTheCodeOfUnusableInput(String code, String value, String kind) {
        var arrival = arrival(Optional.of(JsonNodeFactory.instance.objectNode()), value.getBytes(UTF_8));

        var said = kind.equals("refresh")
                ? reader.readRefresh(arrival, ACME, AT).fold(usable -> "", (word, reason) -> word)
                : reader.readChange(arrival, ACME, AT).fold(usable -> "", (word, reason) -> word);

        assertThat(said).isEqualTo(code);
        assertThat(api.knownValues("DeadLetterCode")).contains(code);
    }

    @Test
    void shouldNameTheTypesThatAreRead() {
        assertThat(api.message("change").at("/headers/properties/ce_type/const").asText())
                .isEqualTo(EventReader.CHANGE);
        assertThat(api.schema("ChangeEnvelope").at("/properties/type/const").asText())
                .isEqualTo(EventReader.CHANGE);
        assertThat(api.message("refreshRequested")
                        .at("/headers/properties/ce_type/const")
                        .asText())
                .isEqualTo(EventReader.REFRESH);
        assertThat(List.of("change", "changeStructured", "refreshRequested")).allSatisfy(message -> assertThat(
                        api.message(message).path("name").asText())
                .isIn(EventReader.CHANGE, EventReader.REFRESH));
    }

    // --- examples

    /** One example of one message. */
    record Example(String message, JsonNode example) {
        Optional<JsonNode> headers() {
            return Optional.of(example.path("headers")).filter(JsonNode::isObject);
        }
    }

    static List<Example> examples() {
        var examples = new ArrayList<Example>();
        AsyncApi.read().document().at("/components/messages").properties().forEach(message -> message.getValue()
                .path("examples")
                .forEach(example -> examples.add(new Example(message.getKey(), example))));
        return examples;
    }

    static List<Example> incomingExamples() {
        var incoming = List.of("change", "changeStructured", "refreshRequested");
        return examples().stream()
                .filter(example -> incoming.contains(example.message()))
                .toList();
    }

    @Test
    void shouldHaveAnExampleOfEveryMessage() {
        assertThat(api.document().at("/components/messages").properties())
                .allSatisfy(message -> assertThat(message.getValue().path("examples"))
                        .as(message.getKey())
                        .isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldGiveExamplesThatAreAsTheirSchemaSays(Example example) {
        var message = api.message(example.message());
        var payload = example.example().path("payload");

        if (message.path("payload").has("$ref")) { // a dead letter can be anything
            assertThat(api.faults(message.path("payload"), payload)).isEmpty();
        }
        example.headers().ifPresent(headers -> assertThat(api.faults(message.path("headers"), headers))
                .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("incomingExamples")
    void shouldReadTheExamplesOfWhatComesIn(Example example) {
        var arrival = arrival(
                example.headers(), example.example().path("payload").toString().getBytes(UTF_8));

        var refused = example.message().startsWith("change")
                ? reader.readChange(arrival, ACME, AT).fold(usable -> "", (code, reason) -> code + ": " + reason)
                : reader.readRefresh(arrival, ACME, AT).fold(usable -> "", (code, reason) -> code + ": " + reason);

        assertThat(refused).isEmpty();
    }

    private static InboundRecord arrival(Optional<JsonNode> headers, byte[] value) {
        var kafka = new RecordHeaders();
        headers.ifPresent(all -> all.properties()
                .forEach(header ->
                        kafka.add(header.getKey(), header.getValue().asText().getBytes(UTF_8))));
        return new InboundRecord("upstream-data-changed", 0, 7, AT, null, value, kafka);
    }

    // --- the check itself

    static Stream<Arguments> changes() {
        return Stream.of(
                change("a field that is not described", "RunAccepted/properties", it -> it.remove("adopted")),
                change("a field that is never written", "RunFinished", it -> ((ArrayNode) it.path("required"))
                        .add("cost")),
                change("another type", "RunRejected/properties/status", it -> it.put("type", "string")),
                change(
                        "an entry of a plan that is not described",
                        "ChangePlanned/properties",
                        it -> it.remove("left_out")),
                change("parts that are not described", "ChangePlanned/properties", it -> it.remove("parts")),
                change("an outcome of a change that is not known", "ChangeOutcome", it -> ((ArrayNode) it.path("enum"))
                        .remove(0)),
                change("another count of runs", "RunCounts/properties", it -> it.remove("timed_out")),
                change("another form of a batch", "BatchNumber", it -> it.put("type", "integer")),
                change("another kind of run", "RunKind", it -> it.putArray("enum")
                        .add("dataset")),
                change("a missing value of an enum", "Outcome", it -> ((ArrayNode) it.path("enum")).remove(0)),
                change("another pattern", "Token", it -> it.put("pattern", "^[0-9]+$")),
                change("other elements", "ChangeRefs", it -> it.putObject("items")
                        .put("type", "string")),
                change("fewer elements", "ChangeRefs", it -> it.put("maxItems", 10)),
                change("another subject", "RunSubject", it -> it.put("pattern", "^runs/")),
                change("a keyword that nothing checks", "Account", it -> it.put("minLength", 3)));
    }

    private static Arguments change(String name, String schema, Consumer<ObjectNode> change) {
        return Arguments.of(name, schema, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void shouldNoticeADocumentThatSaysSomethingElse(String name, String schema, Consumer<ObjectNode> change) {
        var document = api.document().deepCopy();
        change.accept((ObjectNode) document.at("/components/schemas/" + schema));

        var changed = AsyncApi.of(document);

        assertThat(written()).as(name).anySatisfy(one -> assertThat(faults(changed, one))
                .isNotEmpty());
    }

    @Test
    void shouldNoticeAnotherTypeOfEvent() {
        var document = api.document().deepCopy();
        ((ObjectNode) document.at("/components/messages/runAccepted/headers/properties/ce_type"))
                .put("const", "io.freshet.run-accepted.v2");

        var changed = AsyncApi.of(document);

        assertThat(written())
                .filteredOn(one -> one.message().equals("runAccepted"))
                .allSatisfy(one -> assertThat(faults(changed, one)).isNotEmpty());
    }

    @Test
    void shouldNoticeAReferenceThatLeadsNowhere() {
        assertThatThrownBy(() -> api.at("#/components/schemas/Nobody")).hasMessageContaining("Nobody");
    }

    @Test
    void shouldNoticeAChangeThatNamesTwoTargets() {
        var both = JsonNodeFactory.instance.objectNode().put("space", "a").put("data_source", "b");

        assertThat(api.faults(api.schema("Change"), both)).hasSize(1);
    }
}
