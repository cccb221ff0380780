package io.freshet.component;

import static io.freshet.component.Admin.TOKEN;
import static io.freshet.component.Admin.admin;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.freshet.testing.Operations;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who counts as an admin. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@QuarkusTestResource(OidcWiremockTestResource.class)
@NullUnmarked
class AdminTest {

    /** To change or delete a dataset is for an admin alone. */
    private static boolean mayHurt(Operations operation) {
        return operation.path().endsWith("/datasets/{dataset}")
                && Set.of("PATCH", "DELETE").contains(operation.method());
    }

    /** An operator acts on what there is, and doesn't say that data has changed. */
    private static boolean isOfProducers(Operations operation) {
        return Set.of("/api/v1/changes", "/api/v1/lineage").contains(operation.path())
                && operation.method().equals("POST");
    }

    Scene scene;

    @TestHTTPResource("/")
    URI root;

    @TestHTTPResource(management = true)
    URI management;

    static Stream<Operations> writes() {
        return Operations.all().stream().filter(operation -> !operation.isRead());
    }

    static Stream<Operations> forAdmins() {
        return Operations.all().stream().filter(Operations::isForAdmins);
    }

    private static String ofProvider(String... roles) {
        return OidcWiremockTestResource.getAccessToken("alice", Set.of(roles));
    }

    @Test
    void shouldHaveNoWriteThatIsForEverybody() {
        assertThat(writes()).isNotEmpty().allMatch(Operations::isForAdmins);
    }

    @ParameterizedTest
    @MethodSource("forAdmins")
    void shouldRefuseWhoeverSendsNoTokenOrAWrongOne(Operations operation) {
        var wrong = List.of(
                "",
                "Bearer",
                "Bearer ",
                "Bearer " + TOKEN.substring(1),
                "Bearer " + TOKEN + "x",
                "Bearer " + TOKEN.toUpperCase(java.util.Locale.ROOT),
                "Basic " + TOKEN,
                TOKEN,
                "Bearer eyJhbGciOiJub25lIn0.eyJncm91cHMiOlsiYWRtaW4iXX0.");
        for (var credential : wrong) {
            given().header("Authorization", credential)
                    .contentType(ContentType.JSON)
                    .request(operation.method(), operation.address())
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", containsString("Bearer"))
                    .contentType("application/problem+json")
                    .body("detail", containsString("Authorization"));
        }
    }

    @ParameterizedTest
    @MethodSource("forAdmins")
    void shouldRefuseATokenAnywhereButInItsHeader(Operations operation) {
        given().cookie("Authorization", "Bearer " + TOKEN)
                .cookie("q_session", TOKEN)
                .header("X-Authorization", "Bearer " + TOKEN)
                .queryParam("access_token", TOKEN)
                .queryParam("token", TOKEN)
                .contentType(ContentType.JSON)
                .request(operation.method(), operation.address())
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @MethodSource("forAdmins")
    void shouldRefuseWhomTheProviderGrantsAnotherRole(Operations operation) {
        given().header("Authorization", "Bearer " + ofProvider("user"))
                .contentType(ContentType.JSON)
                .request(operation.method(), operation.address())
                .then()
                .statusCode(403)
                .body("detail", containsString("none of Freshet's roles"));
    }

    static Stream<Arguments> tooLittle() {
        return forAdmins().flatMap(operation -> Stream.of("viewer", "producer", "operator")
                .filter(role -> !mayBeDoneBy(operation).contains(role))
                .map(role -> Arguments.of(operation, role)));
    }

    private static Set<String> mayBeDoneBy(Operations operation) {
        if (isOfProducers(operation)) {
            return Set.of("admin", "producer");
        }
        return mayHurt(operation) ? Set.of("admin") : Set.of("admin", "operator");
    }

    @ParameterizedTest
    @MethodSource("tooLittle")
    void shouldRefuseWhoseRoleIsTooLittle(Operations operation, String role) {
        for (var token : List.of(Admin.TOKENS.get(role), ofProvider(role))) {
            given().header("Authorization", "Bearer " + token)
                    .contentType(ContentType.JSON)
                    .request(operation.method(), operation.address())
                    .then()
                    .statusCode(403)
                    .body("detail", containsString("it grants " + role + "."));
        }
    }

    @Test
    void shouldLetAnOperatorDoWhatCanBeUndone() {
        var workspace = Workspace.with(scene, 1);

        for (var token : List.of(Admin.TOKENS.get("operator"), ofProvider("operator"))) {
            given().header("Authorization", "Bearer " + token)
                    .get("/api/v1/workspaces/acme/datasets/" + workspace.dataset(0))
                    .then()
                    .statusCode(200);
            given().header("Authorization", "Bearer " + token)
                    .contentType(ContentType.JSON)
                    .body("{\"limit\": 1}")
                    .post("/api/v1/dead_letters/redrives")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void shouldTakeWhomTheProviderGrantsTheRole() {
        var workspace = Workspace.with(scene, 1);

        given().header("Authorization", "Bearer " + ofProvider("user", "admin"))
                .get("/api/v1/workspaces/acme/datasets/" + workspace.dataset(0))
                .then()
                .statusCode(200)
                .body("token", equalTo(workspace.dataset(0)));
    }

    @Test
    void shouldTakeTheTokenWhateverTheCaseOfItsScheme() {
        var workspace = Workspace.with(scene, 1);

        given().header("authorization", "bearer " + TOKEN)
                .get("/api/v1/workspaces/acme/datasets/" + workspace.dataset(0))
                .then()
                .statusCode(200);
    }

    @Test
    void shouldLetEverybodyReadWithWhateverCredential() {
        for (var address : List.of(
                root,
                root.resolve("/api/v1/status"),
                management.resolve("/q/health/ready"),
                management.resolve("/q/metrics"))) {
            given().header("Authorization", "Bearer wrong").get(address).then().statusCode(200);
        }
    }

    @Test
    void shouldNotAllowAnotherSiteToAsk() {
        var preflight = given().header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .options("/api/v1/plans");

        assertThat(preflight.getHeader("Access-Control-Allow-Origin")).isNull();
        assertThat(preflight.getHeader("Access-Control-Allow-Headers")).isNull();
    }

    @Test
    void shouldTakeNoBodyThatAFormCouldSend() throws Exception {
        for (var path : List.of("plans", "dead_letters/redrives", "workspaces/acme/reports/4e9000000001/refreshes")) {
            var forms = List.of(
                    given().contentType(ContentType.TEXT).body("{}"),
                    given().formParam("dry_run", "false"),
                    given().multiPart("dry_run", "false"));
            for (var form : forms) {
                form.header("Authorization", "Bearer " + TOKEN)
                        .post("/api/v1/" + path)
                        .then()
                        .statusCode(415);
            }
            assertThat(postWithoutContentType("/api/v1/" + path))
                    .startsWith("415 ")
                    .contains("application/json");
        }
    }

    /** REST-assured always says something. */
    private String postWithoutContentType(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(root.resolve(path))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    @Test
    void shouldSetNoCookie() {
        assertThat(admin().get("/api/v1/workspaces/acme/datasets/ffff00000000").cookies())
                .isEmpty();
    }
}
