package io.freshet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.telemetry.TelemetryMetrics;
import io.freshet.workspace.WorkspaceConfig;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code deploy/} says of Freshet is so: metrics, settings, topics, rights. */
@Execution(ExecutionMode.CONCURRENT)
class DeployTest {

    private static final Map<String, Set<String>> OF_FRESHET = TelemetryMetrics.labels();
    /** Metrics of others that were seen at /q/metrics, with their labels. */
    private static final Map<String, Set<String>> OF_OTHERS = Map.ofEntries(
            Map.entry("kafka_consumer_fetch_manager_records_lag_max", Set.of("client_id")),
            Map.entry("kafka_consumer_coordinator_rebalance_total", Set.of("client_id")),
            Map.entry("kafka_producer_record_error_total", Set.of("client_id")),
            Map.entry("kafka_producer_request_latency_avg", Set.of("client_id")),
            Map.entry("jvm_memory_used_bytes", Set.of("area")),
            Map.entry("jvm_memory_max_bytes", Set.of("area")),
            Map.entry("jvm_memory_usage_after_gc", Set.of("area")),
            Map.entry("process_cpu_usage", Set.of()),
            Map.entry("process_uptime_seconds", Set.of()),
            Map.entry("system_cpu_count", Set.of()));
    /** What whoever scrapes a pod adds. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("namespace", "pod");

    /** Is no setting, but part of one. */
    private static final String POD_IP = "POD_IP";

    private static final Pattern NAMED_WORKSPACE = Pattern.compile("^(FRESHET_WORKSPACE_)_[A-Z]+__");
    private static final Pattern NAMED_ACCESS = Pattern.compile("^(FRESHET_ACCESS__)[A-Z]+__");
    private static final Pattern CHANNEL = Pattern.compile("mp\\.messaging\\.incoming\\.([\\w-]+)\\.group\\.id=(.*)");
    private static final Pattern NAMED_FROM_OUTSIDE =
            Pattern.compile("(?:^ARG (?:BASE|KAFKA)=|^ +image: |^ +(?:- )?uses: )([^\\s$]\\S*)");
    private static final Pattern BY_DIGEST = Pattern.compile("@(sha256:[0-9a-f]{64}|[0-9a-f]{40})$");
    private static final Pattern SETTING = Pattern.compile("(?:# ?)?((?:freshet|kafka|quarkus)\\.[\\w.\"-]+)=(.*)");

    private final Manifests everything = Manifests.rendered("everything.yaml");

    // --- the chart ---

    @ParameterizedTest
    @ValueSource(strings = {"plain.yaml", "everything.yaml", "gateway.yaml"})
    void shouldHaveBeenRenderedFromTheChartAsItIs(String example) {
        var firstLine = Manifests.text(Manifests.HELM.resolve("rendered").resolve(example))
                .lines()
                .findFirst();

        assertThat(firstLine)
                .as("the digest in rendered/%s: run deploy/helm/render.sh", example)
                .hasValueSatisfying(line -> assertThat(line).endsWith("digest: " + digestOfChart()));
    }

    private static String digestOfChart() {
        try (var chart = Files.walk(Manifests.HELM.resolve("freshet"));
                var examples = Files.walk(Manifests.HELM.resolve("examples"))) {
            var lines = Stream.concat(chart, examples)
                    .filter(Files::isRegularFile)
                    .filter(file -> !name(file).startsWith("."))
                    .map(file ->
                            Map.entry(Manifests.HELM.relativize(file).toString().replace('\\', '/'), file))
                    .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                    .map(entry -> sha256(Manifests.text(entry.getValue())) + "  " + entry.getKey() + "\n")
                    .collect(Collectors.joining());
            return sha256(lines);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldDescribeEveryValueInTheSchema() throws IOException {
        var values = Manifests.yaml(Manifests.HELM.resolve("freshet/values.yaml"))
                .findFirst()
                .orElseThrow();
        var schema = new ObjectMapper()
                .readTree(Manifests.HELM.resolve("freshet/values.schema.json").toFile());
        var faults = new ArrayList<String>();

        compare("", values, schema, faults);

        assertThat(faults).isEmpty();
    }

    /** Both ways, wherever the schema lists what there may be. */
    private static void compare(String path, JsonNode values, JsonNode schema, List<String> faults) {
        var properties = schema.path("properties");
        if (properties.isMissingNode()) {
            return;
        }
        if (schema.path("additionalProperties").asBoolean(true)) {
            faults.add(path + " takes anything");
        }
        var known = new TreeSet<String>();
        properties.fieldNames().forEachRemaining(known::add);
        values.fieldNames().forEachRemaining(key -> {
            if (!known.remove(key)) {
                faults.add(path + "/" + key + " is not in the schema");
            }
            compare(path + "/" + key, values.path(key), properties.path(key), faults);
        });
        // Helm itself gives every chart the first.
        known.removeAll(Set.of("global"));
        if (!values.isEmpty()) {
            known.forEach(key -> faults.add(path + "/" + key + " has no default in values.yaml"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.yaml", "everything.yaml", "gateway.yaml"})
    void shouldRunWithNoRightsAtAll(String example) {
        var rendered = Manifests.rendered(example);
        var pod = rendered.pod();
        var container = rendered.container();

        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(rendered.one("ServiceAccount")
                        .path("automountServiceAccountToken")
                        .asBoolean(true))
                .isFalse();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
        assertThat(rendered.ofKind("Secret")).isEmpty();
    }

    @Test
    void shouldProbeWhatFreshetAnswers() {
        var container = everything.container();

        assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/q/health/started");
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/q/health/live");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/q/health/ready");
        assertThat(Stream.of("startup", "liveness", "readiness")
                        .map(probe ->
                                container.at("/" + probe + "Probe/httpGet/port").asText()))
                .containsOnly("management");
        var scrape = everything.one("PodMonitor").at("/spec/podMetricsEndpoints/0");
        assertThat(scrape.path("path").asText()).isEqualTo("/q/metrics");
        assertThat(scrape.path("port").asText()).isEqualTo("management");
    }

    /** The page and its API are for one port and its clients, health and metrics for the other. */
    @ParameterizedTest
    @ValueSource(strings = {"plain.yaml", "everything.yaml"})
    void shouldOpenThePortsThatFreshetListensOn(String example) {
        var rendered = Manifests.rendered(example);
        var ports = Manifests.each(rendered.container().path("ports"))
                .collect(Collectors.toMap(port -> port.path("name").asText(), port -> port.path("containerPort")
                        .asText()));

        assertThat(ports)
                .isEqualTo(Map.of(
                        "http", settings().get("quarkus.http.port"),
                        "management", settings().get("quarkus.management.port")));
        assertThat(Manifests.each(rendered.one("Service").at("/spec/ports"))
                        .map(port -> port.path("targetPort").asText()))
                .containsExactly("http");
        assertThat(Manifests.each(rendered.one("NetworkPolicy").at("/spec/ingress"))
                        .map(rule -> rule.at("/ports/0/port").asText()))
                .containsExactlyElementsOf(
                        example.startsWith("plain") ? List.of("http") : List.of("http", "http", "management"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.yaml", "everything.yaml", "gateway.yaml"})
    void shouldOpenTheNetworkToNobodyWhoIsNotNamed(String example) {
        var policy = Manifests.rendered(example).one("NetworkPolicy").path("spec");
        var peers = Stream.of("/ingress", "/egress")
                .flatMap(way -> Manifests.each(policy.at(way)))
                .map(rule -> rule.path(rule.has("from") ? "from" : "to"))
                .toList();

        assertThat(peers)
                .as("a rule without peers, or with an empty selector, is for everybody")
                .allSatisfy(
                        named -> assertThat(Manifests.each(named)).isNotEmpty().noneMatch(DeployTest::isEverybody));
    }

    private static boolean isEverybody(JsonNode peer) {
        return Stream.of("podSelector", "namespaceSelector")
                        .anyMatch(selector ->
                                peer.has(selector) && peer.path(selector).isEmpty())
                || (peer.has("ipBlock")
                        && peer.at("/ipBlock/except").isEmpty()
                        && peer.at("/ipBlock/cidr").asText().endsWith("/0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.yaml", "everything.yaml", "gateway.yaml"})
    void shouldLetReplicasReachEachOther(String example) {
        var rendered = Manifests.rendered(example);
        var container = rendered.container();
        var http = settings().get("quarkus.http.port");
        var pods = rendered.one("Deployment").at("/spec/selector");
        var policy = rendered.one("NetworkPolicy").path("spec");
        var names = Manifests.each(container.path("env"))
                .map(entry -> entry.path("name").asText())
                .toList();

        assertThat(environment(container))
                .containsEntry("FRESHET_REPLICA_ADDRESS", "http://$(%s):%s".formatted(POD_IP, http));
        assertThat(names)
                .as("it must be known before it is named")
                .containsSubsequence(POD_IP, "FRESHET_REPLICA_ADDRESS");
        assertThat(Manifests.each(container.path("env"))
                        .filter(entry -> entry.path("name").asText().equals(POD_IP))
                        .map(entry -> entry.at("/valueFrom/fieldRef/fieldPath").asText()))
                .containsExactly("status.podIP");
        assertThat(Manifests.each(policy.path("ingress"))
                        .filter(rule -> rule.at("/from/0/podSelector").equals(pods))
                        .map(rule -> rule.at("/ports/0/port").asText()))
                .containsExactly("http");
        assertThat(Manifests.each(policy.path("egress"))
                        .filter(rule -> rule.at("/to/0/podSelector").equals(pods))
                        .map(rule -> rule.at("/ports/0/port").asText()))
                .containsExactly(http);
    }

    /** A tag may be moved to something else. */
    @Test
    void shouldNameImagesAndActionsByWhatTheyHold() {
        var named = Stream.of(
                        Manifests.DEPLOY.resolve("docker/Dockerfile.jvm"),
                        Manifests.DEPLOY.resolve("docker/Dockerfile.native"),
                        Manifests.DEPLOY.resolve("compose.yaml"),
                        Path.of(".github/workflows/ci.yml"),
                        Path.of(".github/workflows/release.yml"))
                .flatMap(file -> Manifests.text(file).lines())
                .flatMap(line -> NAMED_FROM_OUTSIDE.matcher(line).results())
                .map(found -> found.group(1))
                .toList();

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(named.stream().filter(name -> !BY_DIGEST.matcher(name).find()))
                .as("named by a tag, but for those that docs/security.md excuses")
                .containsExactly("quay.io/quarkus/ubi9-quarkus-micro-image:2.0", "freshet");
    }

    @Test
    void shouldOpenTheSamePortsInContainers() {
        var http = settings().get("quarkus.http.port");
        var management = settings().get("quarkus.management.port");
        var compose = Manifests.yaml(Manifests.DEPLOY.resolve("compose.yaml"))
                .findFirst()
                .orElseThrow();

        assertThat(Manifests.each(compose.at("/services/freshet/ports")).map(JsonNode::asText))
                .containsExactly(
                        "127.0.0.1:%s:%s".formatted(http, http), "127.0.0.1:%s:%s".formatted(management, management));
        assertThat(Stream.of("jvm", "native")
                        .map(kind -> Manifests.text(Manifests.DEPLOY.resolve("docker/Dockerfile." + kind))))
                .allSatisfy(file -> assertThat(file).contains("\nEXPOSE %s %s\n".formatted(http, management)));
    }

    @Test
    void shouldMountTheKeyWhereItIsLookedFor() {
        var container = everything.container();
        var directory = environment(container).get("FRESHET_WORKSPACE_CREDENTIALS_DIRECTORY");
        var mount = Manifests.each(container.path("volumeMounts"))
                .filter(each -> each.path("mountPath").asText().equals(directory))
                .findFirst()
                .orElseThrow();
        var volume = Manifests.each(everything.pod().path("volumes"))
                .filter(each -> each.path("name").equals(mount.path("name")))
                .findFirst()
                .orElseThrow();

        assertThat(Manifests.each(volume.at("/secret/items"))
                        .map(item -> item.path("path").asText()))
                .containsExactlyInAnyOrder("token", "secret");
    }

    // --- settings ---

    @Test
    void shouldNameSettingsThatExist() {
        var compose = Manifests.yaml(Manifests.DEPLOY.resolve("compose.yaml"))
                .findFirst()
                .orElseThrow();
        var named = new TreeSet<String>();
        compose.at("/services/freshet/environment").fieldNames().forEachRemaining(named::add);
        Manifests.text(Manifests.DEPLOY.resolve(".env.example"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> named.add(line.substring(0, line.indexOf('='))));
        Stream.of("plain.yaml", "everything.yaml")
                .map(example -> Manifests.rendered(example).container())
                .forEach(container -> named.addAll(environment(container).keySet()));

        assertThat(named)
                .contains(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        "FRESHET_WORKSPACE_ACCOUNT",
                        "FRESHET_WORKSPACE_TOKEN",
                        "FRESHET_WORKSPACE__EMEA__ACCOUNT");
        assertThat(named.remove(POD_IP)).isTrue();
        assertThat(variables())
                .containsAll(named.stream()
                        .map(variable -> NAMED_WORKSPACE.matcher(variable).replaceFirst("$1"))
                        .map(variable -> NAMED_ACCESS.matcher(variable).replaceFirst("$1NAME__"))
                        .toList());
    }

    /** As Freshet itself reads what the pod is given. */
    @Test
    void shouldConfigureEveryWorkspace() {
        var config = new SmallRyeConfigBuilder()
                .withMapping(WorkspaceConfig.class)
                .withSources(new EnvConfigSource(environment(everything.container()), 300))
                .build()
                .getConfigMapping(WorkspaceConfig.class);
        var mounted = Manifests.each(everything.container().path("volumeMounts"))
                .map(mount -> mount.path("mountPath").asText())
                .toList();

        assertThat(config.workspaces().values())
                .extracting(workspace -> workspace.account().orElseThrow())
                .containsExactlyInAnyOrder("acme", "acme-emea");
        assertThat(config.workspaces().values())
                .extracting(workspace -> workspace.credentialsDirectory().orElseThrow())
                .doesNotHaveDuplicates()
                .isSubsetOf(mounted);
    }

    /** A tmpfs is mounted with noexec unless told otherwise, and compression loads its libraries from there. */
    @Test
    void shouldLetLibrariesBeLoadedFromTmp() {
        var compose = Manifests.yaml(Manifests.DEPLOY.resolve("compose.yaml"))
                .findFirst()
                .orElseThrow();

        assertThat(compose.at("/services/freshet/read_only").asBoolean()).isTrue();
        assertThat(compose.at("/services/freshet/tmpfs/0").asText()).isEqualTo("/tmp:exec");
        assertThat(Manifests.text(Manifests.DEPLOY.resolve("README.md")))
                .contains("--tmpfs /tmp:exec")
                .doesNotContain("--tmpfs /tmp ");
    }

    private static Map<String, String> environment(JsonNode container) {
        var environment = new TreeMap<String, String>();
        Manifests.each(container.path("env"))
                .forEach(entry -> environment.put(
                        entry.path("name").asText(), entry.path("value").asText()));
        return environment;
    }

    /** Of Freshet's own settings, and of those of kafka-clients that Freshet hands on. */
    private static Set<String> variables() {
        var ofKafka = Stream.of(ProducerConfig.configNames(), ConsumerConfig.configNames())
                .flatMap(Set::stream)
                .map(name -> "kafka." + name);
        return Stream.concat(settings().keySet().stream(), ofKafka)
                .map(name -> name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static Map<String, String> settings() {
        var settings = new TreeMap<String, String>();
        Manifests.text(Path.of("src/main/resources/application.properties"))
                .lines()
                .map(SETTING::matcher)
                .filter(line -> line.matches())
                .forEach(line -> settings.put(line.group(1), line.group(2)));
        return settings;
    }

    // --- topics and rights ---

    /** What each topic is called, by its setting. */
    private static Map<String, String> topics() {
        var prefix = "freshet.topics.";
        var topics = new TreeMap<String, String>();
        settings().forEach((setting, value) -> {
            var topic = setting.replace(prefix, "");
            if (setting.startsWith(prefix) && Set.of(topic, "freshet-" + topic).contains(value)) {
                topics.put(topic, value);
            }
        });
        return topics;
    }

    private static String topic(String setting) {
        return Objects.requireNonNull(topics().get(setting), setting);
    }

    /** With those that are there only if they are set. */
    private static Map<String, String> topicsOfEverything() {
        var topics = new TreeMap<>(topics());
        assertThat(topics).hasSize(12);
        topics.put("lineage", "lineage");
        topics.put("openlineage", "openlineage");
        return topics;
    }

    @Test
    void shouldMakeEveryTopic() {
        var made = everything.ofKind("KafkaTopic").toList();

        assertThat(made)
                .extracting(topic -> topic.at("/spec/topicName").asText())
                .containsExactlyInAnyOrderElementsOf(topicsOfEverything().values());
        assertThat(made)
                .extracting(topic -> topic.at("/metadata/name").asText())
                .doesNotHaveDuplicates();
        assertThat(made).allSatisfy(topic -> {
            var name = topic.at("/spec/topicName").asText();
            var isOwn = Set.of(topic("inbox"), topic("state")).contains(name);
            assertThat(topic.at("/spec/config/cleanup.policy").asText())
                    .as(name)
                    .isEqualTo(name.equals(topic("state")) ? "compact" : "delete");
            assertThat(topic.at("/spec/partitions").asText())
                    .as(name)
                    .isEqualTo(settings().get(isOwn ? "freshet.topics.own-partitions" : "freshet.topics.partitions"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.yaml", "everything.yaml"})
    void shouldTellFreshetWhatEachTopicIsCalled(String example) {
        var told = new TreeMap<String, String>();
        environment(Manifests.rendered(example).container()).forEach((variable, value) -> {
            if (variable.startsWith("FRESHET_TOPICS_")) {
                told.put(
                        variable.substring("FRESHET_TOPICS_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-'),
                        value);
            }
        });

        assertThat(told).isEqualTo(example.equals("plain.yaml") ? topics() : topicsOfEverything());
    }

    @Test
    void shouldGrantWhatFreshetNeedsAndNothingElse() {
        var granted = new TreeMap<String, Set<String>>();
        Manifests.each(everything.one("KafkaUser").at("/spec/authorization/acls"))
                .forEach(acl -> {
                    var resource = "%s %s %s"
                            .formatted(
                                    acl.at("/resource/type").asText(),
                                    acl.at("/resource/name").asText(),
                                    acl.at("/resource/patternType").asText());
                    var operations = Manifests.each(acl.path("operations"))
                            .map(JsonNode::asText)
                            .collect(Collectors.toCollection(TreeSet::new));
                    assertThat(granted.put(resource, operations)).as(resource).isNull();
                });
        var needed = new TreeMap<String, Set<String>>();
        // Who asks for refreshes, or redrives dead letters, is an admin: strimzi.user.admin. Here only producers write.
        needed.put("topic upstream-data-changed literal", Set.of("Describe", "Read", "Write"));
        needed.put("topic refresh-requested literal", Set.of("Describe", "Read"));
        needed.put("topic change-planned literal", Set.of("Describe", "Read", "Write"));
        needed.put("topic change-settled literal", Set.of("Describe", "Write"));
        needed.put("topic run-accepted literal", Set.of("Describe", "Read", "Write"));
        needed.put("topic run-finished literal", Set.of("Describe", "Read", "Write"));
        needed.put("topic run-rejected literal", Set.of("Describe", "Read", "Write"));
        needed.put("topic workspace-changed literal", Set.of("Describe", "Read", "Write"));
        needed.put("topic freshness-changed literal", Set.of("Describe", "Write"));
        needed.put("topic lineage literal", Set.of("Describe", "Write"));
        needed.put("topic openlineage literal", Set.of("Describe", "Read", "Write"));
        needed.put("topic upstream-data-changed-dlq literal", Set.of("Describe", "Write"));
        needed.put("topic freshet-inbox literal", Set.of("Describe", "Read", "Write"));
        needed.put("topic freshet-state literal", Set.of("Describe", "DescribeConfigs", "Read", "Write"));
        Set.copyOf(groups().values())
                .forEach(group -> needed.put("group %s literal".formatted(group), Set.of("Describe", "Read")));
        needed.put(
                "transactionalId %s prefix".formatted(settings().get("freshet.ledger.transactional-id-prefix")),
                Set.of("Describe", "Write"));

        assertThat(granted).isEqualTo(needed);
    }

    /** By channel. */
    private static Map<String, String> groups() {
        var groups = new TreeMap<String, String>();
        Manifests.text(Path.of("src/main/resources/application.properties"))
                .lines()
                .map(CHANNEL::matcher)
                .filter(line -> line.matches())
                .forEach(line -> groups.put(line.group(1), line.group(2)));
        assertThat(groups).hasSize(3).containsKey("inbox");
        assertThat(Set.copyOf(groups.values())).hasSize(2);
        return groups;
    }

    @Test
    void shouldScaleByWhatTheIntakeHasNotRead() {
        var scaling = everything.one("ScaledObject").path("spec");
        var lags = new TreeMap<String, String>();
        Manifests.each(scaling.path("triggers")).forEach(trigger -> {
            lags.put(
                    trigger.at("/metadata/topic").asText(),
                    trigger.at("/metadata/consumerGroup").asText());
            assertThat(trigger.at("/metadata/bootstrapServers").asText())
                    .isEqualTo(environment(everything.container()).get(bootstrapServersVariable()));
        });
        var intake = new TreeMap<String, String>();
        groups().forEach((channel, group) -> intake.put(topic(channel), group));
        intake.remove(topic("inbox"));
        // Read by the consumer of the changes, too.
        intake.put("openlineage", intake.get(topic("upstream-data-changed")));

        assertThat(Manifests.each(scaling.path("triggers"))).hasSize(3);
        assertThat(lags).isEqualTo(intake);
        assertThat(everything.one("Deployment").path("spec").has("replicas")).isFalse();
    }

    /** A replica more would own nothing. */
    @Test
    void shouldScaleToNoMoreReplicasThanThereAreWorkspaces() {
        var scaling = everything.one("ScaledObject").path("spec");
        var workspaces = environment(everything.container()).keySet().stream()
                .filter(variable -> variable.matches("FRESHET_WORKSPACE_(_.+_)?ACCOUNT"))
                .count();

        assertThat(scaling.path("minReplicaCount").asInt()).isPositive();
        assertThat(scaling.path("maxReplicaCount").asLong())
                .isEqualTo(workspaces)
                .isGreaterThan(scaling.path("minReplicaCount").asLong())
                .isLessThanOrEqualTo(Long.parseLong(settings().get("freshet.topics.own-partitions")));
    }

    private static String bootstrapServersVariable() {
        return "KAFKA_"
                + CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    // --- metrics ---

    @Test
    void shouldAlertOnMetricsThatExist() {
        var alerts = everything.one("PrometheusRule").at("/spec/groups/0/rules");

        assertThat(Manifests.each(alerts)).isNotEmpty().allSatisfy(alert -> {
            assertExists(alert.path("expr").asText());
            assertThat(alert.at("/annotations/summary").asText()).isNotEmpty();
            assertThat(alert.at("/annotations/description").asText()).isNotEmpty();
            assertThat(alert.at("/labels/severity").asText()).isIn("warning", "critical");
        });
    }

    /** The name of a channel's client is the connector's: see its documentation. That of the inbox names the replica, too. */
    @Test
    void shouldWatchTheLagOfEveryChannel() {
        var expressions = Stream.concat(
                        Manifests.each(everything.one("PrometheusRule").at("/spec/groups/0/rules"))
                                .map(alert -> alert.path("expr").asText()),
                        Manifests.each(dashboard().path("panels"))
                                .flatMap(panel -> Manifests.each(panel.path("targets")))
                                .map(target -> target.path("expr").asText()))
                .filter(expression -> expression.contains("records_lag_max"))
                .toList();

        assertThat(expressions).hasSize(1).allSatisfy(expression -> {
            var clients = Pattern.compile("client_id=~\"(kafka-consumer-\\((.*?)\\).*?)\"")
                    .matcher(expression);
            assertThat(clients.find()).as(expression).isTrue();
            assertThat(clients.group(2).split("\\|")).containsExactlyInAnyOrderElementsOf(groups().keySet());
            assertThat(Stream.of("upstream-data-changed", "inbox@http://10.1.2.3:8080", "inbox@freshet-1:8080"))
                    .allSatisfy(client -> assertThat("kafka-consumer-" + client).matches(clients.group(1)));
        });
    }

    @Test
    void shouldSayWhatToDoUponEveryAlert() {
        var shipped = Manifests.each(everything.one("PrometheusRule").at("/spec/groups/0/rules"))
                .map(alert -> alert.path("alert").asText());
        var documented = Pattern.compile("(?m)^### (Freshet\\w+)$(?=(?:\\n(?!#).*)*?\\*\\*What\\s+to\\s+do:)")
                .matcher(Manifests.text(Path.of("docs/runbook.md")))
                .results()
                .map(row -> row.group(1));

        assertThat(documented).containsExactlyInAnyOrderElementsOf(shipped.toList());
    }

    @Test
    void shouldTestTheAlertsThatAreShipped() {
        var shipped = everything.one("PrometheusRule").path("spec");
        var tested = Manifests.yaml(Manifests.HELM.resolve("rendered/alerts.yaml"))
                .findFirst()
                .orElseThrow();

        assertThat(tested).isEqualTo(shipped);
    }

    private static JsonNode dashboard() {
        try {
            return new ObjectMapper()
                    .readTree(Manifests.HELM
                            .resolve("freshet/files/dashboard.json")
                            .toFile());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldShowMetricsThatExist() throws IOException {
        var dashboard = dashboard();
        var panels = Manifests.each(dashboard.path("panels"))
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
        var shipped = everything.one("ConfigMap").at("/data/freshet.json").asText();

        assertThat(new ObjectMapper().readTree(shipped)).isEqualTo(dashboard);
        assertThat(panels).isNotEmpty().allSatisfy(panel -> {
            assertThat(Manifests.each(panel.path("targets"))).isNotEmpty();
            Manifests.each(panel.path("targets"))
                    .forEach(target -> assertExists(target.path("expr").asText()));
        });
        assertThat(Manifests.each(dashboard.at("/templating/list"))
                        .filter(variable -> variable.path("type").asText().equals("query")))
                .isNotEmpty()
                .allSatisfy(variable -> assertExists(variable.at("/query/query").asText()));
        assertThat(Manifests.each(dashboard.path("panels"))
                        .map(panel -> panel.path("id").asInt()))
                .doesNotHaveDuplicates();
    }

    private static void assertExists(String expression) {
        var known = new TreeMap<>(OF_FRESHET);
        known.putAll(OF_OTHERS);
        var promql = new Promql(expression);
        var labels = new TreeSet<>(OF_THE_SCRAPE);
        promql.metrics().forEach(metric -> labels.addAll(known.getOrDefault(metric, Set.of())));

        assertThat(promql.metrics()).as(expression).isNotEmpty();
        assertThat(known.keySet()).as(expression).containsAll(promql.metrics());
        assertThat(labels).as(expression).containsAll(promql.labels());
    }

    @Test
    void shouldDocumentEveryMetric() {
        var documented = Pattern.compile("\\| (`freshet_.*?) \\|")
                .matcher(Manifests.text(Path.of("docs/observability.md")))
                .results()
                .flatMap(row -> withSuffixes(row.group(1)).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(OF_FRESHET.keySet());
    }

    /** Of {@code `a_bucket`, `_count`}: a_bucket and a_count. */
    private static List<String> withSuffixes(String cell) {
        var names = Pattern.compile("`(\\w+)`")
                .matcher(cell)
                .results()
                .map(name -> name.group(1))
                .toList();
        var first = names.get(0);
        var stem = first.substring(0, first.lastIndexOf('_'));
        return names.stream()
                .map(name -> name.startsWith("_") ? stem + name : name)
                .toList();
    }
}
