package io.freshet.component;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.freshet.testing.Operations;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Health and metrics have a port of their own, with nothing else on it. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class ManagementPortTest {

    Scene scene;

    @TestHTTPResource(management = true)
    URI management;

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/started", "/q/health/live", "/q/health/ready", "/q/metrics"})
    void shouldHaveWhatTheMainPortHasNot(String path) {
        scene.eventually(() -> get(management.resolve(path)).then().statusCode(200));

        get(path).then().statusCode(404);
    }

    static Stream<String> ofTheMainPort() {
        return Stream.concat(
                Operations.all().stream().map(Operations::address).distinct(),
                Stream.of(
                        "/", "/page.js", "/page.css", "/q/openapi", "/webhooks/mode/" + SceneResource.WEBHOOK_SECRET));
    }

    @ParameterizedTest
    @MethodSource("ofTheMainPort")
    void shouldNotHaveWhatTheMainPortHas(String path) {
        var underItsRoot = management.resolve("/q" + path);

        get(management.resolve(path)).then().statusCode(404);
        get(underItsRoot).then().statusCode(404);
        given().body("{}").post(management.resolve(path)).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/metrics", "/nothing"})
    void shouldTellBrowsersToBeStrict(String path) {
        get(management.resolve(path))
                .then()
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store");
    }

    @Test
    void shouldReadNoBody() {
        given().body("x".repeat(2_000))
                .post(management.resolve("/q/health/live"))
                .then()
                .statusCode(413);
    }

    @Test
    void shouldNotCountByPathsThatStrangersInvent() {
        get("/invented-here").then().statusCode(404);
        get(management.resolve("/invented-there")).then().statusCode(404);

        var metrics = get(management.resolve("/q/metrics")).asString();

        assertThat(metrics).contains("http_server_requests_seconds_count").doesNotContain("invented-");
    }
}
