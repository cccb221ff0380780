package io.freshet.component;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What probes are answered while all is well. What is said otherwise is in {@link BrokenModeTest}, BrokenKafkaIT and NewerRecordIT. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class HealthTest {

    Scene scene;

    @TestHTTPResource(management = true)
    URI management;

    private Map<String, Object> check(String path, String name) {
        List<Map<String, Object>> checks =
                get(management.resolve(path)).jsonPath().getList("checks");
        return checks.stream()
                .filter(check -> name.equals(check.get("name")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no check " + name + " in " + checks));
    }

    @Test
    void shouldBeReadyOnceAllIsRestored() {
        scene.eventually(() -> get(management.resolve("/q/health/ready")).then().statusCode(200));

        assertThat(check("/q/health/ready", "mode").get("data")).isEqualTo(Map.of("acme", "well"));
        assertThat(check("/q/health/ready", "ledger").get("data")).isEqualTo(Map.of("restoring", "[]"));
        assertThat(check("/q/health/ready", "version").get("data")).isEqualTo(Map.of("reads", 2));
        assertThat(check("/q/health/ready", "kafka").get("data")).isEqualTo(Map.of("brokers", 1));
    }

    @Test
    void shouldBeAliveWhileItCanSave() {
        assertThat(check("/q/health/live", "ledger writes").get("status")).isEqualTo("UP");
        get(management.resolve("/q/health/started")).then().statusCode(200);
    }
}
