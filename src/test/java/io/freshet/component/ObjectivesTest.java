package io.freshet.component;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.freshet.testing.Event;
import io.freshet.testing.Scene;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** That a report is late is told while it is. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class ObjectivesTest {

    /** For which {@link SceneResource} sets an objective. */
    static final String WATCHED = "4e9000000b1e";

    Scene scene;

    @Inject
    MeterRegistry metrics;

    @Test
    void shouldTellABreachWhileTheRunIsOpenAndThatItIsOverWhenItEnds() {
        var workspace = Workspace.with(scene, 1);
        scene.sandbox().workspace().addReport(WATCHED, "Board", Workspace.SPACE, workspace.dataset(0));
        var other = workspace.report(0);
        scene.sandbox().runClock().neverEnds(WATCHED);

        scene.change(workspace.changed());

        scene.eventually(() -> assertThat(types()).containsExactly("io.freshet.freshness-breached.v1"));
        assertThat(scene.events("run-accepted", WATCHED)).hasSize(1);
        assertThat(scene.events("run-finished", WATCHED)).isEmpty();
        var breached = told().get(0);
        assertThat(breached.key()).isEqualTo("acme/" + WATCHED);
        assertThat(breached.text("objective")).isEqualTo("board");
        assertThat(breached.data().path("within_seconds").asDouble()).isEqualTo(1.5);
        assertThat(breached.data().at("/change/id").asText())
                .isEqualTo(scene.events("run-accepted", WATCHED)
                        .get(0)
                        .data()
                        .at("/changes/0/id")
                        .asText());
        scene.eventually(() -> assertThat(late()).isEqualTo(1));
        scene.eventually(() -> given().get("/api/v1/status")
                .then()
                .body("late.report_token", contains(WATCHED))
                .body("late.name", contains("Board"))
                .body("late.objective", contains("board")));
        var standing = given().get("/api/v1/objectives?account=acme").jsonPath();
        assertThat(standing.getList("objectives.name")).containsExactly("board");
        assertThat(standing.getDouble("objectives[0].within_seconds")).isEqualTo(1.5);
        assertThat(standing.getList("objectives[0].reports")).containsExactly(WATCHED);
        assertThat(standing.getInt("objectives[0].late_count")).isEqualTo(1);
        assertThat(standing.getString("objectives[0].unshown[0].report_token")).isEqualTo(WATCHED);
        assertThat(standing.getString("objectives[0].unshown[0].name")).isEqualTo("Board");
        assertThat(Instant.parse(standing.getString("objectives[0].unshown[0].due")))
                .isEqualTo(Instant.parse(standing.getString("objectives[0].unshown[0].changed_at"))
                        .plusMillis(1500))
                .isBefore(Instant.parse(standing.getString("objectives[0].unshown[0].late_since")));

        scene.sandbox().runClock().endsAs(WATCHED, "succeeded");

        scene.eventually(() -> assertThat(types())
                .containsExactly("io.freshet.freshness-breached.v1", "io.freshet.freshness-restored.v1"));
        scene.eventually(() -> assertThat(late()).isZero());
        scene.eventually(() -> given().get("/api/v1/status").then().body("late", empty()));
        given().get("/api/v1/objectives")
                .then()
                .body("objectives[0].unshown", empty())
                .body("objectives[0].unshown_count", equalTo(0));
        given().get("/api/v1/objectives?account=globex").then().body("objectives", empty());
        assertThat(scene.events("freshness-changed", other))
                .as("under no objective")
                .isEmpty();
    }

    private double late() {
        return metrics.get("freshet.objective.late")
                .tag("account", "acme")
                .tag("objective", "board")
                .gauge()
                .value();
    }

    private List<Event> told() {
        return scene.events("freshness-changed", WATCHED);
    }

    private List<String> types() {
        return told().stream().map(Event::type).toList();
    }
}
