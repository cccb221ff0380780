package io.freshet.component;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How the request limit is used. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class LimitsTest {

    Scene scene;

    private static int posts() {
        return get("/api/v1/workspaces/acme/limit").jsonPath().<List<Integer>>get("calls.post").stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    @Test
    void shouldShowWhichCallsWereMadeLately() {
        var workspace = Workspace.withReportsOnly(scene, 1);
        var report = workspace.report(0);
        var before = posts();

        scene.change(workspace.changed());

        scene.eventually(() -> assertThat(scene.events("run-finished", report)).hasSize(1));
        assertThat(posts()).isGreaterThan(before);
        var limit = get("/api/v1/workspaces/acme/limit").jsonPath();
        assertThat(limit.getString("replica")).contains(":");
        assertThat(limit.getInt("requests")).isEqualTo(400);
        assertThat(limit.getDouble("period_seconds")).isEqualTo(1.0);
        assertThat(limit.getMap("waiting")).containsOnlyKeys("post", "ask", "resolve", "backfill");
        assertThat(limit.getString("circuit")).isEqualTo("closed");
        assertThat(limit.<Object>get("trouble")).isNull();
    }

    @Test
    void shouldSayThatAWorkspaceIsUnknown() {
        get("/api/v1/workspaces/nobody/limit").then().statusCode(404).contentType("application/problem+json");
    }
}
