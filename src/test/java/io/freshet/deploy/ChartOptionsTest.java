package io.freshet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.api.access.AccessConfig;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the chart does if it is asked to: ways in, other monitors, roles, "helm test", and its reference. */
class ChartOptionsTest {

    private static final Path CHART = Manifests.HELM.resolve("freshet");
    private static final Path REFERENCE = CHART.resolve("README.md");
    private static final Pattern VALUE = Pattern.compile("\\.Values\\.([A-Za-z.]+)");

    private final Manifests everything = Manifests.rendered("everything.yaml");
    private final Manifests gateway = Manifests.rendered("gateway.yaml");

    @Test
    void shouldLeadToThePageFromOutside() {
        var ofIngress = everything.one("Ingress").at("/spec/rules/0/http/paths/0/backend/service");
        var ofRoute = gateway.one("HTTPRoute").at("/spec/rules/0/backendRefs/0");
        var page = gateway.ofKind("Service")
                .filter(service -> service.at("/metadata/name").asText().equals("freshet"))
                .findFirst()
                .orElseThrow();

        assertThat(ofIngress.path("name").asText())
                .isEqualTo(everything.one("Service").at("/metadata/name").asText());
        assertThat(ofIngress.at("/port/name").asText())
                .isEqualTo(everything.one("Service").at("/spec/ports/0/name").asText());
        assertThat(ofRoute.path("name").asText()).isEqualTo("freshet");
        assertThat(ofRoute.path("port")).isEqualTo(page.at("/spec/ports/0/port"));
    }

    @Test
    void shouldBeClosedToTheOutsideUnlessAsked() {
        var plain = Manifests.rendered("plain.yaml");

        assertThat(plain.ofKind("Ingress")).isEmpty();
        assertThat(plain.ofKind("HTTPRoute")).isEmpty();
        assertThat(plain.ofKind("ServiceMonitor")).isEmpty();
    }

    @Test
    void shouldTakeTheDigestBeforeTheTag() {
        assertThat(gateway.container().path("image").asText()).matches(".+/freshet@sha256:[0-9a-f]{64}");
    }

    /** Through a service that leads to no page, by labels that the other service has not. */
    @Test
    void shouldScrapeThePodsOfTheServiceMonitor() {
        var monitor = gateway.one("ServiceMonitor").path("spec");
        var selected = gateway.ofKind("Service")
                .filter(service -> hasAll(service.at("/metadata/labels"), monitor.at("/selector/matchLabels")))
                .toList();

        assertThat(selected).hasSize(1).allSatisfy(service -> {
            assertThat(service.at("/spec/clusterIP").asText()).isEqualTo("None");
            assertThat(service.at("/spec/publishNotReadyAddresses").asBoolean()).isTrue();
            assertThat(service.at("/spec/ports/0/name")).isEqualTo(monitor.at("/endpoints/0/port"));
            assertThat(service.at("/spec/ports/0/targetPort").asText()).isEqualTo("management");
        });
        assertThat(monitor.at("/endpoints/0/path").asText()).isEqualTo("/q/metrics");
    }

    private static boolean hasAll(JsonNode labels, JsonNode wanted) {
        return wanted.properties().stream()
                .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
    }

    /** As Freshet itself reads what the pod is given. */
    @Test
    void shouldGiveRolesToWhomTheValuesName() {
        var environment = new TreeMap<String, String>();
        Manifests.each(gateway.container().path("env"))
                .forEach(entry -> environment.put(
                        entry.path("name").asText(), entry.path("value").asText()));
        var access = new SmallRyeConfigBuilder()
                .withMapping(AccessConfig.class)
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(AccessConfig.class)
                .holders();
        var mounted = Manifests.each(gateway.container().path("volumeMounts"))
                .map(mount -> mount.path("mountPath").asText() + "/token")
                .toList();

        assertThat(access).containsOnlyKeys("ops", "prober");
        assertThat(access.values())
                .allSatisfy(who -> assertThat(mounted).contains(who.tokenFile().orElseThrow()));
    }

    /** It may come in, but isn't a replica: the service must not lead to it. */
    @Test
    void shouldAskTheServiceByHelmTest() {
        var test = Manifests.rendered("test.yaml").one("Pod");
        var labels = test.at("/metadata/labels");
        var container = test.at("/spec/containers/0");

        assertThat(test.at("/metadata/annotations/helm.sh~1hook").asText()).isEqualTo("test");
        assertThat(gateway.ofKind("Service"))
                .hasSize(2)
                .noneMatch(service -> hasAll(labels, service.at("/spec/selector")));
        assertThat(Manifests.each(gateway.one("NetworkPolicy").at("/spec/ingress/0/from"))
                        .map(peer -> peer.at("/podSelector/matchLabels")))
                .anyMatch(peer -> hasAll(labels, peer));
        assertThat(container.path("image")).isEqualTo(gateway.container().path("image"));
        assertThat(Manifests.each(container.path("args")).map(JsonNode::asText))
                .containsExactly("status", "--url", "http://freshet:8080");
        assertThat(container.path("securityContext"))
                .isEqualTo(gateway.container().path("securityContext"));
        assertThat(gateway.ofKind("Pod")).as("kubectl apply must not start it").isEmpty();
    }

    @Test
    void shouldSendPeopleToTheSectionOfEachAlert() {
        var runbook = Manifests.text(Path.of("docs/runbook.md"));
        var alerts = Manifests.each(everything.one("PrometheusRule").at("/spec/groups/0/rules"))
                .toList();

        assertThat(alerts).hasSizeGreaterThan(10).allSatisfy(alert -> {
            var name = alert.path("alert").asText();
            assertThat(alert.at("/annotations/runbook_url").asText())
                    .endsWith("docs/runbook.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(runbook).contains("\n### " + name + "\n");
        });
    }

    /** NOTES.txt is not rendered here. What it names is there at least. */
    @Test
    void shouldNameOnlyValuesThatThereAreInTheNotes() throws IOException {
        var values = Manifests.yaml(CHART.resolve("values.yaml")).findFirst().orElseThrow();
        var named = VALUE.matcher(Files.readString(CHART.resolve("templates/NOTES.txt")))
                .results()
                .map(value -> "/" + value.group(1).replace('.', '/'))
                .toList();

        assertThat(named)
                .hasSizeGreaterThan(10)
                .allSatisfy(path ->
                        assertThat(values.at(path).isMissingNode()).as(path).isFalse());
    }

    /** {@code ./mvnw test -Dtest=ChartOptionsTest -Dvalues.page=write} writes it. */
    @Test
    void shouldHaveTheReferenceThatTheValuesMake() throws IOException {
        var page = new ValuesPage(
                        Files.readString(CHART.resolve("values.yaml")),
                        Manifests.yaml(CHART.resolve("values.yaml")).findFirst().orElseThrow(),
                        new ObjectMapper()
                                .readTree(CHART.resolve("values.schema.json").toFile()))
                .text();
        if ("write".equals(System.getProperty("values.page"))) {
            Files.writeString(REFERENCE, page);
        }

        assertThat(Files.exists(REFERENCE) ? Files.readString(REFERENCE) : "")
                .as("run ./mvnw test -Dtest=ChartOptionsTest -Dvalues.page=write, then deploy/helm/render.sh")
                .isEqualTo(page);
    }
}
