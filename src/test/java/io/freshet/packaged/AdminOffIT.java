package io.freshet.packaged;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.freshet.testing.Operations;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Scene;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Where no admin is configured, as is usual, what is shipped shows much, and nothing can be done over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminOffIT {

    private static final List<String> WRITES = List.of("POST", "PUT", "PATCH", "DELETE");

    private final Scene scene = Scene.open();

    @SuppressWarnings("NullAway.Init")
    private PackagedApplication application;

    @BeforeAll
    void start() {
        application = scene.start();
    }

    @AfterAll
    void close() {
        scene.close();
    }

    private static Response write(String method, URI address) {
        return given().contentType(ContentType.JSON).request(method, address);
    }

    @Test
    void shouldShowThePageAndTheApi() {
        assertThat(application.get("/").body()).contains("<title>Freshet");
        assertThat(application.get("/page.js").statusCode()).isEqualTo(200);
        given().get(application.url().resolve("/api/v1/status")).then().body("workspaces[0].account", equalTo("acme"));
        given().get(application.url().resolve("/api/v1/reports?state=none"))
                .then()
                .statusCode(400)
                .body("status", equalTo(400));
        assertThat(application.get("/q/openapi").body()).contains("/api/v1/plans");
    }

    @Test
    void shouldShowHealthAndMetricsOnTheManagementPortOnly() {
        scene.eventually(
                () -> assertThat(application.getManaged("/q/health/ready").statusCode())
                        .isEqualTo(200));
        assertThat(application.getManaged("/q/metrics").body()).contains("freshet_reports");
        assertThat(application.getManaged("/api/v1/status").statusCode()).isEqualTo(404);
        assertThat(application.getManaged("/q/openapi").statusCode()).isEqualTo(404);
        assertThat(application.get("/q/health/ready").statusCode()).isEqualTo(404);
        assertThat(application.get("/q/metrics").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldSayHowToConfigureAccess() {
        var forAdmins =
                Operations.all().stream().filter(Operations::isForAdmins).toList();

        assertThat(forAdmins).hasSizeGreaterThan(5);
        for (var operation : forAdmins) {
            for (var credential : List.of("", "Bearer ", "Bearer null", "Bearer a-token-that-nobody-has-configured")) {
                given().header("Authorization", credential)
                        .contentType(ContentType.JSON)
                        .request(operation.method(), application.url().resolve(operation.address()))
                        .then()
                        .statusCode(403)
                        .contentType("application/problem+json")
                        .body("status", equalTo(403))
                        .body("detail", containsString("freshet.access"))
                        .body("detail", containsString("quarkus.oidc.auth-server-url"));
            }
        }
    }

    /** Wherever it answers, and at some addresses where it doesn't. */
    @Test
    void shouldTakeNothingAnywhere() {
        var addresses = Stream.concat(
                Operations.all().stream().map(Operations::address).distinct(),
                Stream.of("/", "/page.js", "/api", "/api/v1", "/api/v1/workspaces/acme", "/api/v1/dead_letters", "/q"));

        assertThat(addresses).allSatisfy(address -> assertThat(WRITES).allSatisfy(method -> assertThat(
                        write(method, application.url().resolve(address)).statusCode())
                .as(method)
                .isIn(403, 404, 405)));
    }

    /** Quarkus' own, which take any method for a GET; health may be down. */
    @Test
    void shouldTakeWhatIsWrittenThereForAQuestion() {
        var managed = Stream.of("/q/health", "/q/health/live", "/q/health/ready", "/q/metrics")
                .map(application.managementUrl()::resolve);

        assertThat(Stream.concat(Stream.of(application.url().resolve("/q/openapi")), managed))
                .allSatisfy(address -> assertThat(WRITES).allSatisfy(method -> {
                    var answer = given().contentType(ContentType.JSON)
                            .body("{\"written\": true}")
                            .request(method, address);
                    assertThat(answer.statusCode()).as(method).isIn(200, 404, 405, 503);
                    assertThat(answer.asString()).doesNotContain("written\": true");
                }));
    }
}
