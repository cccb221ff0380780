package io.freshet.component;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.Faults;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A Mode that misbehaves makes runs late, never lost and never double. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class BrokenModeTest {

    Scene scene;

    @TestHTTPResource(management = true)
    URI management;

    @AfterEach
    void mend() {
        scene.sandbox().faults().clear();
        var settings = SandboxSettings.defaults();
        scene.sandbox().credentials(settings.token(), settings.secret());
    }

    private static Predicate<Faults.Request> posts(String report) {
        return request -> request.method().equals("POST") && request.path().contains(report);
    }

    private void eventuallyFinished(String report, int runs) {
        scene.eventually(() -> assertThat(scene.events("run-finished", report)).hasSize(runs));
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
    }

    @Test
    void shouldAdoptRunsWhoseAnswersWereLost() {
        var reports = strike(
                Faults.Kind.RESET_AFTER,
                Faults.Kind.HANG_AFTER,
                Faults.Kind.GARBAGE_AFTER,
                Faults.Kind.HTML_AFTER,
                Faults.Kind.STATUS_AFTER,
                Faults.Kind.HALF_AFTER,
                Faults.Kind.DRIP_AFTER);

        reports.forEach((kind, report) -> {
            eventuallyFinished(report, 1);
            assertThat(scene.sandbox().calls().posts(report)).as(kind.name()).hasSize(1);
            assertThat(isAdopted(report)).as(kind.name()).isTrue();
        });
    }

    @Test
    void shouldPostAgainWhatModeDidNotTake() {
        var reports = strike(
                Faults.Kind.STATUS,
                Faults.Kind.RESET_BEFORE,
                Faults.Kind.HANG,
                Faults.Kind.GARBAGE,
                Faults.Kind.HTML,
                Faults.Kind.FLOOD);

        reports.forEach((kind, report) -> {
            eventuallyFinished(report, 1);
            assertThat(scene.sandbox().workspace().runs(report)).as(kind.name()).hasSize(1);
            assertThat(isAdopted(report)).as(kind.name()).isFalse();
        });
    }

    /** Each strikes the POST of a report of its own, all of them at a time. */
    private Map<Faults.Kind, String> strike(Faults.Kind... kinds) {
        var reports = new EnumMap<Faults.Kind, String>(Faults.Kind.class);
        for (var kind : kinds) {
            var workspace = Workspace.with(scene, 1);
            var report = workspace.report(0);
            reports.put(kind, report);
            order(kind, kind == Faults.Kind.STATUS ? 2 : 1, report);
            scene.change(workspace.changed());
        }
        return reports;
    }

    private boolean isAdopted(String report) {
        return scene.events("run-accepted", report)
                .get(0)
                .data()
                .path("adopted")
                .asBoolean();
    }

    private void order(Faults.Kind kind, int times, String report) {
        switch (kind) {
            case STATUS -> scene.sandbox().faults().status(times, 503, posts(report));
            case STATUS_AFTER -> scene.sandbox().faults().statusAfter(times, 504, posts(report));
            default -> scene.sandbox().faults().next(times, kind, posts(report));
        }
    }

    @Test
    void shouldObeyA429() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().faults().status(2, 429, posts(report));

        scene.change(workspace.changed());

        eventuallyFinished(report, 1);
        assertThat(scene.sandbox().workspace().runs(report)).hasSize(1);
    }

    @Test
    void shouldWaitWhileModeIsDownAndGoOnWhenItIsBack() {
        var workspace = Workspace.with(scene, 2);
        var report = workspace.report(0, 1);
        var down = scene.sandbox().faults().alwaysStatus(503, request -> true);

        scene.change(workspace.changed());
        scene.eventually(() -> assertThat(down.struck()).isGreaterThan(3));
        assertThat(scene.topics().read("upstream-data-changed-dlq"))
                .filteredOn(letter -> letter.value() != null) // one of what was too large has none
                .noneMatch(letter -> new String(letter.value(), StandardCharsets.UTF_8).contains(workspace.source()));
        scene.sandbox().faults().clear();

        eventuallyFinished(report, 1);
    }

    @Test
    void shouldWaitForTheCredentialAndSayThatItIsRefused() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().credentials("another", "secret");

        scene.change(workspace.changed());

        scene.eventually(() -> get(management.resolve("/q/health/ready")).then().statusCode(503));
        assertThat(get(management.resolve("/q/health/ready")).asString())
                .contains("credential refused: kind=unauthorised", "freshet.workspace.account")
                .doesNotContain("sandbox-secret", "message=");
        scene.eventually(() -> assertThat(pauses()).endsWith("paused"));
        mend();
        eventuallyFinished(report, 1);
        scene.eventually(() -> assertThat(pauses()).endsWith("paused", "resumed"));
        scene.eventually(() -> get(management.resolve("/q/health/ready")).then().statusCode(200));
    }

    private List<String> pauses() {
        return scene.events("workspace-changed").stream()
                .filter(event -> !event.data().has("subject"))
                .map(event -> event.text("what"))
                .filter(what -> what.equals("paused") || what.equals("resumed"))
                .toList();
    }

    @Test
    void shouldNotHoldOthersForOneReportsTrouble() {
        var workspace = Workspace.with(scene, 1);
        var troubled = workspace.report(0);
        scene.sandbox().faults().alwaysStatus(500, request -> request.path().contains(troubled));
        scene.change(workspace.changed());
        scene.eventually(
                () -> assertThat(scene.sandbox().calls().posts(troubled)).isNotEmpty());
        var other = Workspace.with(scene, 1);
        var report = other.report(0);

        scene.change(other.changed());

        scene.eventually(() -> assertThat(scene.events("run-finished", report)).hasSize(1));
        scene.sandbox().faults().clear();
        eventuallyFinished(troubled, 1);
    }
}
