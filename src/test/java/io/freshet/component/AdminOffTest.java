package io.freshet.component;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where no admin is configured, as is usual, nothing can be done over HTTP. */
@QuarkusTest
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class AdminOffTest {

    @TestHTTPResource("/")
    URI root;

    @TestHTTPResource(management = true)
    URI management;

    static Stream<Operations> forAdmins() {
        return Operations.all().stream().filter(Operations::isForAdmins);
    }

    /** All that the application answers, and some that it doesn't. */
    static Stream<String> addresses() {
        return Stream.concat(
                Operations.all().stream().map(Operations::address).distinct(),
                Stream.of("/", "/page.js", "/api", "/api/v1", "/api/v1/workspaces/acme", "/api/v1/dead_letters", "/q"));
    }

    @ParameterizedTest
    @MethodSource("forAdmins")
    void shouldSayHowToConfigureAnAdmin(Operations operation) {
        for (var credential : List.of("", "Bearer ", "Bearer null", "Bearer " + AdminProfile.TOKEN)) {
            given().header("Authorization", credential)
                    .contentType(ContentType.JSON)
                    .request(operation.method(), operation.address())
                    .then()
                    .statusCode(403)
                    .contentType("application/problem+json")
                    .body("status", equalTo(403))
                    .body("detail", containsString("freshet.admin.token"))
                    .body("detail", containsString("quarkus.oidc.auth-server-url"));
        }
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void shouldTakeNothingAnywhere(String address) {
        for (var method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            var status = given().contentType(ContentType.JSON)
                    .request(method, address)
                    .statusCode();

            assertThat(status).as(method + " " + address).isIn(403, 404, 405);
        }
    }

    /** Quarkus' own, which take any method for a GET; health may be down. */
    @ParameterizedTest
    @ValueSource(strings = {"/q/openapi", "/q/health", "/q/health/live", "/q/health/ready", "/q/metrics"})
    void shouldTakeWhatIsWrittenThereForAQuestion(String path) {
        var address = (path.equals("/q/openapi") ? root : management).resolve(path);
        for (var method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            var answer = given().contentType(ContentType.JSON)
                    .body("{\"written\": true}")
                    .request(method, address);

            assertThat(answer.statusCode()).as(method + " " + address).isIn(200, 404, 405, 503);
            assertThat(answer.asString()).doesNotContain("written\": true");
        }
    }
}
