package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.dev.EmbeddedKafka;
import io.freshet.event.Topics;
import io.freshet.sandbox.Sandbox;
import io.freshet.sandbox.SandboxSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The doctor before a real broker and the sandbox: one line for each thing that may be wrong, which says what to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorTest {

    private static final SandboxSettings MODE = SandboxSettings.defaults();

    private final EmbeddedKafka kafka = EmbeddedKafka.startWithRights();
    private final Sandbox sandbox = Sandbox.start(MODE);
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));

    @BeforeAll
    void createTopics() throws ExecutionException, InterruptedException {
        var topics = DoctorSettings.config(settings(Map.of())).getConfigMapping(Topics.class);
        admin.createTopics(topics.all().stream()
                        .map(name -> new NewTopic(name, 1, (short) 1)
                                .configs(name.equals(topics.state()) ? Map.of("cleanup.policy", "compact") : Map.of()))
                        .toList())
                .all()
                .get();
    }

    @AfterAll
    void close() {
        admin.close(Duration.ZERO);
        sandbox.close();
        kafka.close();
    }

    private Map<String, String> settings(Map<String, String> others) {
        var settings = new HashMap<>(Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "freshet.workspace.url", sandbox.url().toString(),
                "freshet.workspace.account", MODE.account(),
                "freshet.workspace.token", MODE.token(),
                "freshet.workspace.secret", MODE.secret()));
        settings.putAll(others);
        return settings;
    }

    private Call doctor(Map<String, String> others, String... options) {
        return doctor(others, Clock.systemUTC(), options);
    }

    private Call doctor(Map<String, String> others, Clock clock, String... options) {
        return Call.doctor(() -> DoctorSettings.of(DoctorSettings.config(settings(others))), clock, options);
    }

    private static void assertOnly(Call call, String... lines) {
        assertThat(call.code()).as(call.toString()).isEqualTo(ExitCode.BAD);
        assertThat(call.out().lines().filter(line -> line.startsWith("fail")))
                .as(call.out())
                .hasSize(lines.length)
                .zipSatisfy(List.of(lines), (line, part) -> assertThat(line).contains(part, "; "));
        assertThat(checks(call))
                .containsExactly("kafka", "topics", "rights", "transactions", "mode", "credential", "clock");
    }

    private static List<String> checks(Call call) {
        return call.out()
                .lines()
                .map(line -> line.replaceAll("^\\w+ (\\w+): .*", "$1"))
                .toList();
    }

    @Test
    void shouldFindNothingWrongWithAGoodClusterAndPrintWhatThePageSays() {
        var call = doctor(Map.of());

        assertThat(call.code()).as(call.toString()).isZero();
        assertThat(call.out()
                        .replace(kafka.bootstrapServers(), "localhost:9092")
                        .replace(sandbox.url().toString(), "https://app.mode.com"))
                .isEqualTo(Example.all().stream()
                        .filter(Example::isDoctor)
                        .map(Example::printed)
                        .collect(Collectors.joining()));
    }

    @Test
    void shouldPrintJson() throws IOException {
        var rows = new ObjectMapper().readTree(doctor(Map.of(), "-o", "json").out());

        assertThat(rows).hasSize(7).allMatch(row -> row.path("level").asText().equals("ok"));
        assertThat(rows.get(0).path("check").asText()).isEqualTo("kafka");
    }

    /** Neither is a group joined, nor anything written. */
    @Test
    void shouldLeaveNoTrace() throws ExecutionException, InterruptedException {
        doctor(Map.of());

        assertThat(admin.listGroups().all().get()).isEmpty();
        var state = new org.apache.kafka.common.TopicPartition("freshet-state", 0);
        assertThat(admin.listOffsets(Map.of(state, org.apache.kafka.clients.admin.OffsetSpec.latest()))
                        .partitionResult(state)
                        .get()
                        .offset())
                .isZero();
    }

    @Test
    void shouldMissTheRightToTransactions() throws Exception {
        denied(
                ResourceType.TRANSACTIONAL_ID,
                "freshet-",
                PatternType.PREFIXED,
                () -> assertOnly(doctor(Map.of()), "fail transactions: this user may have no transactional id"));
    }

    @Test
    void shouldMissTheRightToReadOrWriteATopic() throws Exception {
        denied(
                ResourceType.TOPIC,
                "run-accepted",
                PatternType.LITERAL,
                AclOperation.WRITE,
                () -> assertOnly(doctor(Map.of()), "fail rights: this user may not write topic run-accepted"));
    }

    /** What was told is read for the page, beside the work. */
    @Test
    void shouldWarnOfARightWithoutWhichThePageStaysEmpty() throws Exception {
        denied(
                ResourceType.TOPIC,
                "run-finished",
                PatternType.LITERAL,
                AclOperation.READ,
                () -> assertRightsAre(
                        Map.of(),
                        "warn rights: this user may not read topic run-finished (for the page and the API);"));
    }

    @Test
    void shouldMissTheRightToSeeThatTheStateIsCompacted() throws Exception {
        denied(
                ResourceType.TOPIC,
                "freshet-state",
                PatternType.LITERAL,
                AclOperation.DESCRIBE_CONFIGS,
                () -> assertOnly(
                        doctor(Map.of()),
                        "can't be used: this user lacks a right, and freshet doctor says which",
                        "fail rights: this user may not describe configs topic freshet-state"));
    }

    @Test
    void shouldWarnOfARightThatOnlySomebodyOverHttpNeeds() throws Exception {
        denied(ResourceType.TOPIC, "upstream-data-changed", PatternType.LITERAL, AclOperation.WRITE, () -> {
            assertRightsAre(Map.of(), "ok rights:");
            assertRightsAre(may("viewer"), "ok rights:");
            assertRightsAre(
                    may("producer"),
                    "warn rights: this user may not write topic upstream-data-changed (for changes over HTTP);");
            assertRightsAre(
                    Map.of("freshet.webhooks.\"loads\".kind", "fivetran"),
                    "warn rights: this user may not write topic upstream-data-changed (for changes over HTTP);");
        });
        denied(ResourceType.TOPIC, "upstream-data-changed-dlq", PatternType.LITERAL, AclOperation.READ, () -> {
            assertRightsAre(may("producer"), "ok rights:");
            assertRightsAre(
                    may("viewer,operator"),
                    "warn rights: this user may not read topic upstream-data-changed-dlq (to redrive dead letters);");
            assertRightsAre(
                    Map.of("quarkus.oidc.auth-server-url", "https://login.example.com"),
                    "warn rights: this user may not read topic upstream-data-changed-dlq (to redrive dead letters);");
        });
    }

    private static Map<String, String> may(String roles) {
        return Map.of("freshet.access.\"one\".roles", roles);
    }

    private void assertRightsAre(Map<String, String> settings, String line) {
        var call = doctor(settings);

        assertThat(call.code()).as(call.toString()).isZero();
        assertThat(call.out().lines().filter(one -> one.contains(" rights: ")))
                .singleElement()
                .asString()
                .startsWith(line);
    }

    @Test
    void shouldMissTheRightToJoinAGroup() throws Exception {
        denied(
                ResourceType.GROUP,
                "freshet-owners",
                PatternType.LITERAL,
                AclOperation.READ,
                () -> assertOnly(doctor(Map.of()), "fail rights: this user may not read group freshet-owners"));
    }

    @Test
    void shouldMissATopic() {
        var call = doctor(Map.of("freshet.topics.run-finished", "not-there"));

        assertOnly(call, "fail topics: missing topics [not-there]");
    }

    @Test
    void shouldOnlyWarnOfATopicThatTheStartCreates() {
        var call = doctor(Map.of("freshet.topics.run-finished", "not-there", "freshet.topics.create", "true"));

        assertThat(call.code()).isZero();
        assertThat(call.out()).contains("warn topics: [not-there] are missing; the first start creates them");
    }

    @Test
    void shouldFindAStateTopicThatForgets() {
        var call =
                doctor(Map.of("freshet.topics.state", "run-rejected", "freshet.topics.run-rejected", "freshet-state"));

        assertOnly(call, "fail topics: topic run-rejected has cleanup.policy=delete");
    }

    @Test
    void shouldFindAWrongKey() {
        var call = doctor(Map.of("freshet.workspace.secret", "wrong"));

        assertOnly(call, "fail credential: Mode refuses the key of acme; set freshet.workspace.token");
        assertThat(call.out() + call.err()).doesNotContain(MODE.token(), "wrong");
    }

    @Test
    void shouldFindThatNobodyIsAtTheUrl() {
        assertOnly(
                doctor(Map.of("freshet.workspace.url", "http://localhost:1")),
                "fail mode: http://localhost:1 can't be reached");
    }

    @Test
    void shouldFindThatSomethingElseIsAtTheUrl() {
        try (var other = new CannedApi()) {
            assertOnly(
                    doctor(Map.of("freshet.workspace.url", other.url())),
                    "fail mode: %s answers, but not as Mode does (404); set freshet.workspace.url"
                            .formatted(other.url()));
        }
    }

    @Test
    void shouldFindAClockThatIsOffByAMinute() {
        assertOnly(
                doctor(Map.of(), Clock.offset(Clock.systemUTC(), Duration.ofSeconds(62))),
                "s ahead of Mode's; set this machine's clock by NTP");
        assertOnly(doctor(Map.of(), Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-62))), "s behind Mode's; set");
    }

    @Test
    void shouldFindThatNoBrokerIsThere() {
        var call = doctor(Map.of("kafka.bootstrap.servers", "localhost:1"));

        assertOnly(call, "fail kafka: kafka.bootstrap.servers=localhost:1 can't be used: no broker answered");
        assertThat(call.out()).contains("warn topics: not looked at", "ok mode:");
    }

    @Test
    void shouldNameASettingThatMakesNoSense() {
        for (var wrong : List.of("freshet.workspace.account", "freshet.workspace.url", "freshet.topics.compression")) {
            var call = doctor(Map.of(wrong, "% %"));

            assertThat(call.code()).as(call.toString()).isEqualTo(ExitCode.USAGE);
            assertThat(call.err()).contains(wrong).hasLineCount(1);
        }
    }

    private void denied(ResourceType type, String name, PatternType pattern, Runnable then) throws Exception {
        denied(type, name, pattern, AclOperation.ALL, then);
    }

    private void denied(ResourceType type, String name, PatternType pattern, AclOperation operation, Runnable then)
            throws Exception {
        var denied = new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:ANONYMOUS", "*", operation, AclPermissionType.DENY));
        var others = new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:ANONYMOUS", "*", AclOperation.ALL, AclPermissionType.ALLOW));
        admin.createAcls(List.of(denied, others)).all().get();
        try {
            then.run();
        } finally {
            admin.deleteAcls(List.of(denied.toFilter(), others.toFilter()))
                    .all()
                    .get();
        }
    }
}
