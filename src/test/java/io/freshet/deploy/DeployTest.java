package io.freshet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.telemetry.TelemetryMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code deploy/} says of Freshet is so: metrics, settings, topics, rights. */
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

    private static final Pattern SETTING = Pattern.compile("(?:# ?)?((?:freshet|kafka|quarkus)\\.[\\w.-]+)=(.*)");

    private final Manifests everything = Manifests.rendered("everything.yaml");

    // --- the chart ---

    @ParameterizedTest
    @ValueSource(strings = {"plain.yaml", "everything.yaml"})
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
    @ValueSource(strings = {"plain.yaml", "everything.yaml"})
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
                .containsExactly("http", "management");
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

        assertThat(named).contains("KAFKA_BOOTSTRAP_SERVERS", "FRESHET_WORKSPACE_ACCOUNT", "FRESHET_WORKSPACE_TOKEN");
        assertThat(variables()).containsAll(named);
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

    private static Map<String, String> topics() {
        var prefix = "freshet.topics.";
        return settings().entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(prefix))
                .filter(setting -> setting.getKey().equals(prefix + setting.getValue()))
                .collect(Collectors.toMap(
                        Map.Entry::getValue,
                        setting -> setting.getValue().equals("report-refreshes") ? "compact" : "delete"));
    }

    @Test
    void shouldMakeTheSevenTopics() {
        var made = everything.ofKind("KafkaTopic").toList();
        var partitions = new HashSet<String>();
        made.forEach(topic -> partitions.add(topic.at("/spec/partitions").asText()));

        assertThat(topics()).hasSize(7);
        assertThat(made.stream()
                        .collect(Collectors.toMap(
                                topic -> topic.at("/spec/topicName").asText(),
                                topic -> topic.at("/spec/config/cleanup.policy").asText())))
                .isEqualTo(topics());
        assertThat(partitions).containsExactly(settings().get("freshet.topics.partitions"));
    }

    @Test
    void shouldGrantWhatFreshetNeedsAndNothingElse() {
        var granted = new TreeMap<String, Set<String>>();
        Manifests.each(everything.one("KafkaUser").at("/spec/authorization/acls"))
                .forEach(acl -> granted.put(
                        "%s %s %s"
                                .formatted(
                                        acl.at("/resource/type").asText(),
                                        acl.at("/resource/name").asText(),
                                        acl.at("/resource/patternType").asText()),
                        Manifests.each(acl.path("operations"))
                                .map(JsonNode::asText)
                                .collect(Collectors.toCollection(TreeSet::new))));

        assertThat(granted)
                .isEqualTo(Map.of(
                        "topic upstream-data-changed literal",
                        Set.of("Describe", "Read"),
                        "topic refresh-requested literal",
                        Set.of("Describe", "Read", "Write"),
                        "topic run-accepted literal",
                        Set.of("Describe", "Write"),
                        "topic run-finished literal",
                        Set.of("Describe", "Write"),
                        "topic run-rejected literal",
                        Set.of("Describe", "Write"),
                        "topic report-refreshes literal",
                        Set.of("Describe", "DescribeConfigs", "Read", "Write"),
                        "topic upstream-data-changed-dlq literal",
                        Set.of("Describe", "Write"),
                        "group %s literal".formatted(group()),
                        Set.of("Describe", "Read"),
                        "transactionalId %s prefix".formatted(settings().get("freshet.ledger.transactional-id-prefix")),
                        Set.of("Describe", "Write")));
    }

    private static String group() {
        var pattern = Pattern.compile("mp\\.messaging\\.incoming\\.[\\w-]+\\.group\\.id=(.*)");
        var groups = Manifests.text(Path.of("src/main/resources/application.properties"))
                .lines()
                .map(pattern::matcher)
                .filter(line -> line.matches())
                .map(line -> line.group(1))
                .collect(Collectors.toSet());
        assertThat(groups).hasSize(1);
        return groups.iterator().next();
    }

    @Test
    void shouldScaleByWhatTheGroupHasNotRead() {
        var scaling = everything.one("ScaledObject").path("spec");

        assertThat(scaling.path("minReplicaCount").asInt()).isPositive();
        assertThat(scaling.path("maxReplicaCount").asText())
                .isEqualTo(settings().get("freshet.topics.partitions"));
        assertThat(everything.one("Deployment").path("spec").has("replicas")).isFalse();
        assertThat(Manifests.each(scaling.path("triggers"))).hasSize(2).allSatisfy(trigger -> {
            assertThat(trigger.at("/metadata/consumerGroup").asText()).isEqualTo(group());
            assertThat(topics()).containsKey(trigger.at("/metadata/topic").asText());
            assertThat(trigger.at("/metadata/bootstrapServers").asText())
                    .isEqualTo(environment(everything.container()).get(bootstrapServersVariable()));
        });
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

    @Test
    void shouldSayWhatToDoUponEveryAlert() {
        var shipped = Manifests.each(everything.one("PrometheusRule").at("/spec/groups/0/rules"))
                .map(alert -> alert.path("alert").asText());
        var documented = Pattern.compile("(?m)^\\| `(Freshet\\w+)` \\| .+ \\| .+ \\|$")
                .matcher(Manifests.text(Path.of("docs/operations.md")))
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

    @Test
    void shouldShowMetricsThatExist() throws IOException {
        var mapper = new ObjectMapper();
        var file = Manifests.HELM.resolve("freshet/files/dashboard.json");
        var dashboard = mapper.readTree(file.toFile());
        var panels = Manifests.each(dashboard.path("panels"))
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
        var shipped = everything.one("ConfigMap").at("/data/freshet.json").asText();

        assertThat(mapper.readTree(shipped)).isEqualTo(dashboard);
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
                .matcher(Manifests.text(Path.of("docs/operations.md")))
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
