package io.freshet.component;

import static io.freshet.component.Admin.admin;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.WorkspacePartitions;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Mode, or a stranger, says that a run has ended. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class WebhookTest {

    Scene scene;

    @TestHTTPResource(management = true)
    URI management;

    private final List<String> open = new ArrayList<>();

    /** Nobody else waits for runs that nobody would ask after. */
    @AfterEach
    void endRuns() {
        for (var report : open) {
            scene.sandbox().runClock().endsAs(report, "succeeded");
            var run = scene.events("run-accepted", report).get(0).run();
            scene.eventually(() -> {
                tell(report, run);
                assertThat(scene.events("run-finished", report)).hasSize(1);
            });
        }
    }

    private static int tell(String secret, String event, String report, String run) {
        return given().contentType("application/json")
                .body("""
                    {"event": "%s", "report_run_url": "https://modeanalytics.com/api/5a0db0/reports/%s/runs/%s"}\
                    """.formatted(event, report, run))
                .post("/webhooks/mode/" + secret)
                .statusCode();
    }

    private static int tell(String report, String run) {
        return tell(SceneResource.WEBHOOK_SECRET, "report_run_completed", report, run);
    }

    private long questions(String report) {
        return scene.sandbox()
                .calls()
                .count(call -> call.report().filter(report::equals).isPresent()
                        && call.method().equals("GET"));
    }

    private double hints(boolean used) {
        var line = "freshet_webhook_hints_total{used=\"" + used + "\"}";
        return get(management.resolve("/q/metrics"))
                .asString()
                .lines()
                .filter(metric -> metric.startsWith(line))
                .mapToDouble(metric -> Double.parseDouble(metric.substring(line.length())))
                .sum();
    }

    /** A report that is known to take long, with an open run that nobody would ask after for a while. */
    private String openRun(Workspace workspace, String report) {
        open.add(report);
        scene.sandbox().runClock().takes(report, Duration.ZERO, Duration.ofMillis(1));
        scene.sandbox().runClock().neverEnds(report);
        scene.sandbox().workspace().expectRuntime(workspace.dataset(0), Duration.ofHours(1));
        scene.change("{\"datasets\": [\"%s\"]}".formatted(workspace.dataset(0)));
        scene.eventually(() -> assertThat(scene.events("run-accepted", report)).hasSize(1));
        return scene.events("run-accepted", report).get(0).run();
    }

    @Test
    void shouldAskAtOnce() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        var run = openRun(workspace, report);
        var before = hints(true);

        scene.eventually(
                () -> { // its replica hears of the acceptance a moment after others may
                    assertThat(tell(report, run)).isEqualTo(204);
                    assertThat(hints(true)).isEqualTo(before + 1);
                });

        scene.eventually(() -> assertThat(questions(report)).isPositive());
    }

    /** To Mode a dataset is a report, and so may its runs be. */
    @Test
    void shouldAskAtOnceForTheRunOfADataset() {
        var dataset = Workspace.with(scene, 1).dataset(0);
        open.add(dataset);
        scene.sandbox().runClock().neverEnds(dataset);
        scene.sandbox().workspace().expectRuntime(dataset, Duration.ofHours(1));
        admin().body("{}")
                .post("/api/v1/workspaces/acme/reports/" + dataset + "/refreshes")
                .then()
                .statusCode(202);
        scene.eventually(() -> assertThat(scene.events("run-accepted", dataset)).hasSize(1));
        var run = scene.events("run-accepted", dataset).get(0).run();
        var before = questionsOfDataset(dataset);

        scene.eventually(() -> {
            assertThat(tell(dataset, run)).isEqualTo(204);
            assertThat(questionsOfDataset(dataset)).isGreaterThan(before);
        });
    }

    /** After its runs, by either of its addresses. */
    private long questionsOfDataset(String dataset) {
        return scene.sandbox()
                .calls()
                .count(call -> call.method().equals("GET")
                        && (call.path().startsWith("/reports/" + dataset)
                                || call.path().startsWith("/datasets/" + dataset + "/runs")));
    }

    /** Another replica was told, and this one owns the workspace. */
    @Test
    void shouldAskAtOnceForWhatComesByTheInbox() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        var run = openRun(workspace, report);
        var deadLetters = scene.topics().read("upstream-data-changed-dlq").size();

        scene.topics().flush(List.of(scene.topics().send(hint(report, run))));

        scene.eventually(() -> assertThat(questions(report)).isPositive());
        assertThat(scene.topics().read("upstream-data-changed-dlq")).hasSize(deadLetters);
    }

    private ProducerRecord<byte[], byte[]> hint(String report, String run) {
        var partitions = Integer.parseInt(scene.settings().get("freshet.topics.own-partitions"));
        return new ProducerRecord<>(
                scene.topics().name("freshet-inbox"),
                new WorkspacePartitions(partitions).of("acme"),
                ("acme/hints/" + report).getBytes(UTF_8),
                "{\"v\": 1, \"min_reader\": 1, \"account\": \"acme\", \"report\": \"%s\", \"run\": \"%s\"}"
                        .formatted(report, run)
                        .getBytes(UTF_8));
    }

    /** Whoever tries learns nothing, and whoever reads the metrics neither. */
    @Test
    void shouldAnswerEveryOtherMethodAsIfNothingWereThere() {
        for (var secret : List.of(SceneResource.WEBHOOK_SECRET, "another-secret-that-is-none")) {
            for (var method : List.of("GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")) {
                var answer = given().request(method, "/webhooks/mode/" + secret);
                assertThat(answer.statusCode()).as(method).isEqualTo(404);
                assertThat(answer.getHeader("Allow")).as(method).isNull();
            }
            assertThat(get(management.resolve("/q/metrics")).asString()).doesNotContain(secret);
        }
    }

    @Test
    void shouldNotBeMadeToAskAllTheTime() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        var run = openRun(workspace, report);
        var before = hints(true);
        scene.eventually(() -> {
            tell(report, run);
            assertThat(hints(true)).isGreaterThan(before);
        });
        var begin = System.nanoTime();

        IntStream.range(0, 120).forEach(n -> tell(report, run));

        var pollMins = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 100 + 1;
        assertThat(hints(true) - before).isBetween(1.0, pollMins + 2.0).isLessThan(60);
    }

    @Test
    void shouldAnswerModesTestEventAndWhatItHasNoUseFor() {
        assertThat(given().body("{}")
                        .post("/webhooks/mode/" + SceneResource.WEBHOOK_SECRET)
                        .statusCode())
                .isEqualTo(204);
        var before = hints(false);
        assertThat(tell("4e9000000000", "f00000000001")).isEqualTo(204);
        assertThat(hints(false)).isEqualTo(before + 1);
        assertThat(tell(SceneResource.WEBHOOK_SECRET, "report_run_started", "4e9000000000", "f00000000001"))
                .isEqualTo(204);
    }

    @Test
    void shouldNotBeThereForWhoeverDoesNotKnowTheAddress() {
        assertThat(tell("another-secret-of-some-length", "report_run_completed", "4e9000000000", "f0"))
                .isEqualTo(404);
        assertThat(given().body("{}").post("/webhooks/mode").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldNotReadALongBody() {
        assertThat(given().body("x".repeat(20_000))
                        .post("/webhooks/mode/" + SceneResource.WEBHOOK_SECRET)
                        .statusCode())
                .isEqualTo(413);
    }
}
