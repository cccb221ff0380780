package io.freshet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of a release that can be run without one: its scripts, and what its workflow may do when. */
class ReleaseTest {

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final Pattern SCRIPT = Pattern.compile("deploy/release/\\w+\\.sh");

    private final JsonNode workflow =
            Manifests.yaml(Path.of(".github/workflows/release.yml")).findFirst().orElseThrow();

    /** How a script ended, and all it said. */
    private record Ended(int code, String said) {}

    private static Ended run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), said);
    }

    @Test
    void shouldTakeTheNotesFromTheChangelog() throws Exception {
        var text = Manifests.text(Path.of("CHANGELOG.md"));
        var begin = text.indexOf("## [Unreleased]\n") + "## [Unreleased]\n".length();
        var end = text.indexOf("\n## [", begin);

        assertThat(run("bash", "deploy/release/notes.sh", "0.1.0-SNAPSHOT"))
                .isEqualTo(new Ended(
                        0, text.substring(begin, end < 0 ? text.length() : end).stripTrailing() + "\n"));
        assertThat(run("bash", "deploy/release/notes.sh", "77.0.0"))
                .isEqualTo(new Ended(1, "CHANGELOG.md has no section \"## [77.0.0]\", or nothing in it\n"));
    }

    @Test
    void shouldReleaseOnlyTheVersionThatThePomHas() throws Exception {
        var version = run("bash", "deploy/release/version.sh");

        assertThat(version.code()).isZero();
        assertThat(Manifests.text(Path.of("pom.xml")))
                .contains("<artifactId>freshet</artifactId>\n  <version>"
                        + version.said().strip() + "</version>");
        assertThat(run("bash", "deploy/release/version.sh", "v77.0.0"))
                .matches(ended -> ended.code() == 1)
                .matches(ended -> ended.said().startsWith("the tag is v77.0.0, and pom.xml has "));
    }

    @Test
    void shouldNameImageAndRunbookInTheChart(@TempDir Path directory) throws Exception {
        var chart = directory.resolve("chart");
        var expected = (ObjectNode) Manifests.yaml(Manifests.HELM.resolve("freshet/values.yaml"))
                .findFirst()
                .orElseThrow();
        ((ObjectNode) expected.path("image"))
                .put("repository", "ghcr.io/acme/freshet")
                .put("digest", DIGEST);
        ((ObjectNode) expected.at("/monitoring/prometheusRule")).put("runbookUrl", "https://example.com/runbook.md");

        var ended = run(
                "bash",
                "deploy/release/chart.sh",
                chart.toString(),
                "ghcr.io/acme/freshet",
                DIGEST,
                "https://example.com/runbook.md");

        assertThat(ended).isEqualTo(new Ended(0, ""));
        assertThat(Manifests.yaml(chart.resolve("values.yaml"))).containsExactly(expected);
    }

    /** By hand it is a dry run: who starts it then must not need to be trusted with more than CI. */
    @Test
    void shouldPublishOnlyForATag() {
        var publish = workflow.at("/jobs/publish");

        assertThat(workflow.path("permissions").properties().toString()).isEqualTo("[contents=\"read\"]");
        assertThat(publish.path("if").asText()).isEqualTo("github.event_name == 'push'");
        assertThat(workflow.at("/on/push").properties().toString()).isEqualTo("[tags=[\"v*\"]]");
        assertThat(Stream.of("verify", "build").map(job -> workflow.at("/jobs/" + job + "/permissions")))
                .allSatisfy(rights -> assertThat(rights.has("id-token") || rights.has("attestations"))
                        .isFalse());
        assertThat(Manifests.each(workflow.at("/jobs/build/steps"))
                        .filter(step -> step.path("uses").asText().startsWith("docker/login-action"))
                        .map(step -> step.path("if").asText()))
                .containsExactly("github.event_name == 'push'");
        assertThat(workflow.at("/jobs/build/env/PUBLISH").asText()).isEqualTo("${{ github.event_name == 'push' }}");
        assertThat(Manifests.each(workflow.at("/jobs/build/steps"))
                        .map(step -> step.path("run").asText())
                        .filter(run -> run.contains("buildx build")))
                .hasSize(2)
                .allSatisfy(run -> assertThat(run).contains("push=$PUBLISH").doesNotContain("push=true"));
    }

    @Test
    void shouldRunScriptsThatThereAre() {
        var named = SCRIPT.matcher(Manifests.text(Path.of(".github/workflows/release.yml")))
                .results()
                .map(script -> Path.of(script.group()))
                .toList();

        assertThat(named).hasSize(3).allSatisfy(script -> assertThat(script).isExecutable());
    }

    /** What a shell would take from outside goes by a variable. */
    @Test
    void shouldPutNoExpressionIntoAShell() {
        var shells = List.of("verify", "build", "publish").stream()
                .flatMap(job -> Manifests.each(workflow.at("/jobs/" + job + "/steps")))
                .map(step -> step.path("run").asText())
                .toList();

        assertThat(shells).hasSizeGreaterThan(8).allSatisfy(run -> assertThat(run)
                .doesNotContain("${{"));
    }
}
