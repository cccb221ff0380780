package io.freshet.component;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.freshet.testing.EventStream;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see over HTTP. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class ApiTest {

    Scene scene;

    @TestHTTPResource("/")
    URI root;

    /** The row of one report; empty where there is none. */
    private static Map<String, Object> row(String report) {
        return get("/api/v1/reports?limit=1000")
                .jsonPath()
                .param("report", report)
                .get("reports.find { it.token == report } ?: [:]");
    }

    private static Map<String, Object> run(String report) {
        return get("/api/v1/runs?limit=200")
                .jsonPath()
                .param("report", report)
                .get("runs.find { it.report_token == report } ?: [:]");
    }

    @Test
    void shouldShowHowThisReplicaIs() {
        scene.eventually(() -> {
            var status = get("/api/v1/status").then().statusCode(200).extract().jsonPath();
            assertThat(status.getString("replica")).contains(":");
            assertThat(status.getList("workspaces")).hasSize(1);
            assertThat(status.getString("workspaces[0].account")).isEqualTo("acme");
            assertThat(status.getString("workspaces[0].host"))
                    .isEqualTo(scene.sandbox().url().getHost());
            assertThat(status.getInt("workspaces[0].budget.requests")).isEqualTo(400);
            assertThat(status.getInt("workspaces[0].budget.capacity")).isEqualTo(400);
            assertThat(status.getInt("workspaces[0].budget.free")).isPositive();
            assertThat(status.<Object>get("workspaces[0].trouble")).isNull();
            assertThat(status.getList("restoring")).isEmpty();
            assertThat(status.<String, Integer>getMap("reports"))
                    .containsOnlyKeys("waiting", "posting", "running", "settled");
            assertThat(status.getInt("changes_in_hand")).isNotNegative();
            assertThat(status.getString("view.state")).isEqualTo("following");
            assertThat(status.getInt("view.unreadable")).isZero();
        });
    }

    @Test
    void shouldShowWhereAReportStands() {
        var workspace = Workspace.with(scene, 2);
        var report = workspace.report(0, 1);
        scene.sandbox().runClock().neverEnds(report);

        scene.change(workspace.changed());

        scene.eventually(() -> assertThat(row(report))
                .containsEntry("state", "running")
                .containsEntry("datasets_count", 2)
                .containsEntry("changes_count", 1)
                .containsEntry("next_step", "ask")
                .containsEntry("kind", "report")
                .containsKeys("since", "run_token"));
        get("/api/v1/reports?state=running&limit=1").then().body("reports.size()", equalTo(1));
        get("/api/v1/reports?state=waiting")
                .then()
                .body("reports.findAll { it.state != 'waiting' }.size()", equalTo(0));
        scene.sandbox().runClock().endsAs(report, "succeeded");
        scene.eventually(
                () -> assertThat(row(report)).containsEntry("state", "settled").doesNotContainKey("next_step"));
    }

    @Test
    void shouldShowOneReportWithItsLastRuns() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.change(workspace.changed());
        scene.eventually(() -> assertThat(run(report)).isNotEmpty());
        scene.change(workspace.changed());

        scene.eventually(() -> {
            var one = get("/api/v1/reports/acme/" + report).jsonPath();
            assertThat(one.getString("token")).isEqualTo(report);
            assertThat(one.getString("name")).isEqualTo("Report " + report);
            assertThat(one.getString("web_url")).endsWith("/acme/reports/" + report);
            assertThat(one.getString("state")).isEqualTo("settled");
            assertThat(one.getString("last_outcome")).isEqualTo("succeeded");
            assertThat(one.getList("runs.run_token")).hasSize(2).first().isEqualTo(one.getString("run_token"));
            assertThat(one.getList("runs.outcome")).containsOnly("succeeded");
            assertThat(one.getList("runs.collect { it.changes[0].source }"))
                    .hasSize(2)
                    .doesNotContainNull();
        });
    }

    @Test
    void shouldListReportsPageByPage() {
        var workspace = Workspace.with(scene, 1);
        var reports = List.of(workspace.report(0), workspace.report(0), workspace.report(0));
        scene.change(workspace.changed());
        reports.forEach(report -> scene.eventually(() -> assertThat(run(report)).isNotEmpty()));
        var these = "/api/v1/reports?account=acme&limit=2&q=" + reports.get(0).substring(0, 8);

        var first = get(these).jsonPath();
        assertThat(first.getInt("count")).isEqualTo(3);
        assertThat(first.getList("reports.token")).isEqualTo(reports.subList(0, 2));
        var second =
                given().queryParam("after", first.getString("next")).get(these).jsonPath();
        assertThat(second.getList("reports.token")).isEqualTo(reports.subList(2, 3));
        assertThat(second.<Object>get("next")).isNull();
        assertThat(second.getInt("count")).isEqualTo(3);
        var newest = get(these + "&order=age").jsonPath();
        var oldest = given().queryParam("after", newest.getString("next"))
                .get(these + "&order=age")
                .jsonPath();
        assertThat(Stream.of(newest, oldest).flatMap(page -> page.<String>getList("reports.token").stream()))
                .containsExactlyInAnyOrderElementsOf(reports);
    }

    @Test
    void shouldSayThatAReportIsUnknown() {
        scene.eventually(() -> get("/api/v1/reports/acme/4e9000000000")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("4e9000000000")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "reports/acme", "reports/acme/4e9000000000/queries"})
    void shouldSayThatNothingIsAtAnAddress(String path) {
        get("/api/v1/" + path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("status", equalTo(404))
                .body("detail", containsString("/q/openapi"));
    }

    @Test
    void shouldShowHowTheLastRunsEnded() {
        var workspace = Workspace.with(scene, 1);
        var good = workspace.report(0);
        var failing = workspace.report(0);
        var forbidden = workspace.report(0);
        scene.sandbox().runClock().endsAs(failing, "failed");
        scene.sandbox().workspace().forbidReport(forbidden);

        scene.change(workspace.changed());

        scene.eventually(() -> assertThat(run(good))
                .containsEntry("what", "finished")
                .containsEntry("outcome", "succeeded")
                .containsKeys("took_seconds", "freshness_seconds", "run_token"));
        scene.eventually(() -> assertThat(run(failing))
                .containsEntry("outcome", "failed")
                .containsEntry("mode_state", "failed")
                .doesNotContainKey("freshness_seconds"));
        scene.eventually(() -> assertThat(run(forbidden))
                .containsEntry("what", "rejected")
                .containsEntry("reason", "forbidden")
                .containsEntry("status", 403)
                .containsKey("message"));
        get("/api/v1/runs?limit=2").then().body("runs.size()", equalTo(2));

        // Those of its batch, and of no other.
        var batch = scene.events("run-finished", good)
                .get(0)
                .data()
                .at("/batches/0")
                .asText();
        var ofBatch = get("/api/v1/runs?account=acme&batch=" + batch).jsonPath();
        assertThat(ofBatch.getList("runs.report_token", String.class))
                .containsExactlyInAnyOrder(good, failing, forbidden);
        get("/api/v1/runs?batch=9999999").then().body("runs.size()", equalTo(0));
        get("/api/v1/runs?batch=x").then().statusCode(400);
        get("/api/v1/runs?account=acme").then().statusCode(400);
    }

    @Test
    void shouldStreamWhatHappensAsItHappens() throws Exception {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        try (var stream = EventStream.open(root.resolve("/api/v1/events"))) {
            scene.eventually(
                    () -> assertThat(stream.events()).extracting("name").contains("status"));

            scene.change(workspace.changed());

            scene.eventually(
                    () -> assertThat(stream.about(report)).extracting("name").containsExactly("accepted", "finished"));
            assertThat(stream.events()).anySatisfy(event -> {
                assertThat(event.name()).isEqualTo("planned");
                assertThat(event.text("target")).contains(workspace.source());
                assertThat(event.data().path("refreshes_count").asInt()).isEqualTo(1);
            });
            scene.eventually(() -> assertThat(stream.events().stream()
                            .filter(event -> event.name().equals("status")))
                    .hasSizeGreaterThan(2));
        }
    }

    @Test
    void shouldTellWhoConnectsAgainWhatHappenedMeanwhile() throws Exception {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.change(workspace.changed());
        scene.eventually(() -> assertThat(run(report)).isNotEmpty());

        try (var all = EventStream.open(root.resolve("/api/v1/events?after=0"))) {
            scene.eventually(() -> assertThat(all.about(report)).hasSize(2));
            var accepted = all.about(report).get(0).id();
            try (var later = EventStream.open(root.resolve("/api/v1/events?after=0"), "Last-Event-ID", accepted)) {
                scene.eventually(
                        () -> assertThat(later.about(report)).extracting("name").containsExactly("finished"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reports?state=sleeping",
                "reports?limit=0",
                "reports?limit=1001",
                "reports?order=length",
                "reports?after=nothing",
                "reports?outcome=well",
                "reports?outcome=failed,",
                "reports?batch=seven",
                "reports?batch=-7&account=acme",
                "batches?state=held",
                "batches?limit=501",
                "reports?after=acme/r1&order=age",
                "runs?limit=x",
                "runs?limit=-1",
                "runs?limit=99999999999999999999",
                "changes?source=/etl",
                "changes?id=load-1",
                "changes?source=/etl&id=load-1&wait=61s",
                "changes?source=/etl&id=load-1&wait=-1s",
                "changes?source=/etl&id=load-1&wait=soon",
                "events?after=yesterday"
            })
    void shouldSayWhatIsWrongWithAQuestion(String question) {
        get("/api/v1/" + question)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", equalTo(400))
                .body("detail", containsString(" must be "));
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"POST", "PUT", "PATCH", "DELETE"})
    void shouldOnlyBeRead(Method method) {
        for (var path : new String[] {"status", "reports", "batches", "runs", "events"}) {
            given().body("{}").request(method, "/api/v1/" + path).then().statusCode(405);
        }
        // Changes may be sent there, by those who are known.
        given().body("{}").request(method, "/api/v1/changes").then().statusCode(method == Method.POST ? 401 : 405);
    }

    @Test
    void shouldLetNoMoreThanSoManyLookAsItHappens() throws Exception {
        // A connection each: by HTTP/2 they would share one, and its limit of streams.
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var asked = HttpRequest.newBuilder(root.resolve("/api/v1/events")).build();
        var looking = new ArrayList<InputStream>();
        try {
            var answer = client.send(asked, HttpResponse.BodyHandlers.ofInputStream());
            while (answer.statusCode() == 200 && looking.size() <= 200) {
                looking.add(answer.body());
                answer = client.send(asked, HttpResponse.BodyHandlers.ofInputStream());
            }

            assertThat(answer.statusCode()).as("after %d", looking.size()).isEqualTo(503);
            assertThat(looking).hasSizeLessThanOrEqualTo(200);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            get("/api/v1/status").then().statusCode(200);
        } finally {
            for (var one : looking) {
                one.close();
            }
        }
        scene.eventually(() -> {
            var again = client.send(asked, HttpResponse.BodyHandlers.ofInputStream());
            again.body().close();
            assertThat(again.statusCode()).as("there is room again").isEqualTo(200);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/page.js", "/page/main.js", "/page.css", "/icon.svg", "/api/v1/status", "/api/v1/nothing"})
    void shouldTellBrowsersToBeStrict(String path) {
        get(path)
                .then()
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", path.startsWith("/api/") ? "no-store" : "no-cache");
    }

    @Test
    void shouldServeAPageWithoutAnythingInline() {
        var page = get("/").then()
                .statusCode(200)
                .contentType("text/html")
                .extract()
                .asString();

        assertThat(page)
                .contains("<title>Freshet</title>")
                .doesNotContain("style=", "<style", "onclick", "http://", "https://");
        assertThat(page.split("<script", -1)).hasSize(2);
    }
}
