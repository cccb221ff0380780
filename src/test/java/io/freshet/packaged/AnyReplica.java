package io.freshet.packaged;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.dev.FreePort;
import io.freshet.testing.Chromium;
import io.freshet.testing.Event;
import io.freshet.testing.OneDataset;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Scene;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Three replicas that know each other's addresses, and of which each must answer for all. */
final class AnyReplica {

    private static final String ADMIN = "0123456789abcdef0123456789abcdef";
    private static final String WEBHOOK = "a-secret-of-these-three-replicas";

    private final Scene scene;
    private final List<PackagedApplication> replicas;

    private AnyReplica(Scene scene, List<PackagedApplication> replicas) {
        this.scene = scene;
        this.replicas = replicas;
    }

    static AnyReplica ofThree(Scene scene, Map<String, String> settings) {
        var replicas = Stream.generate(FreePort::any)
                .limit(3)
                .map(port -> scene.launch(with(settings, port), "-Xmx160m"))
                .toList();
        replicas.forEach(PackagedApplication::awaitReady);
        return new AnyReplica(scene, replicas);
    }

    private static Map<String, String> with(Map<String, String> settings, int port) {
        var all = new HashMap<>(settings);
        all.put("quarkus.http.port", Integer.toString(port));
        all.put("freshet.replica.address", "http://127.0.0.1:" + port);
        all.put("freshet.replica.hosts", "127.0.0.1");
        all.put("freshet.access.\"ops\".token", ADMIN);
        all.put("freshet.access.\"ops\".roles", "admin");
        all.put("freshet.webhook.secret", WEBHOOK);
        return all;
    }

    /** What was before they started. */
    void assertAllKnow(List<Event> ends, int reports) {
        var runs = ends.stream().map(Event::run).toList();
        for (var replica : replicas) {
            scene.eventually(() -> {
                given().get(replica.url().resolve("/api/v1/reports?state=settled&limit=1000"))
                        .then()
                        .statusCode(200);
                assertThat(all(replica, "/api/v1/reports?state=settled&limit=1000", "reports.token"))
                        .hasSize(reports);
                assertThat(all(replica, "/api/v1/runs?limit=1000", "runs.run_token"))
                        .containsExactlyInAnyOrderElementsOf(runs);
            });
        }
    }

    /** A start waits for nothing that the view does. */
    void assertTheViewBeganAfterTheStart() {
        for (var replica : replicas) {
            scene.eventually(() -> assertThat(replica.log()).contains("view=current"));
            assertThat(replica.log()).containsSubsequence("Listening on", "view=current");
        }
    }

    private static List<String> all(PackagedApplication replica, String path, String field) {
        return given().get(replica.url().resolve(path)).jsonPath().getList(field, String.class);
    }

    /** What needs Mode is asked of each, and two of them are not the owner. */
    void assertAllAnswerAnAdmin() {
        scene.eventually(() -> assertThat(owners()).hasSize(1));
        for (var replica : replicas) {
            scene.eventually(() -> {
                var plan = admin().body("{\"data_source\": \"%s\"}".formatted(OneDataset.SOURCE))
                        .post(replica.url().resolve("/api/v1/plans"));
                assertThat(plan.statusCode()).as(plan.asString()).isEqualTo(200);
                assertThat(plan.jsonPath().getString("datasets_count")).isEqualTo("1");
            });
            assertThat(renamed(replica, "Orders 2").jsonPath().getString("name"))
                    .isEqualTo("Orders 2");
            var unknown = admin().get(replica.url().resolve("/api/v1/workspaces/acme/datasets/ffff00000000"));
            assertThat(unknown.statusCode()).as(unknown.asString()).isEqualTo(404);
            assertThat(unknown.contentType()).isEqualTo("application/problem+json");
            assertThat(given().get(replica.url().resolve("/api/v1/workspaces/acme/datasets/ffff00000000"))
                            .statusCode())
                    .as("who is no admin is not passed on")
                    .isEqualTo(401);
        }
        assertThat(owners().get(0).log()).contains("admin=update by=ops account=acme");
    }

    /** In a browser that comes by one address; skipped on a machine that has none. */
    void assertThePageShows(Event settled, String report) {
        if (Chromium.binary().isPresent()) {
            var urls = replicas.stream().map(PackagedApplication::url).toList();
            new PageOfReplicas(scene, urls).assertShowsAll(settled, report, ADMIN);
        }
    }

    private static Response renamed(PackagedApplication replica, String name) {
        return admin().body("{\"name\": \"%s\"}".formatted(name))
                .patch(replica.url().resolve("/api/v1/workspaces/acme/datasets/" + OneDataset.DATASET));
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + ADMIN).contentType("application/json");
    }

    private List<PackagedApplication> owners() {
        return replicas.stream()
                .filter(replica -> replica.getManaged("/q/metrics")
                        .body()
                        .contains("freshet_workspace_owned{account=\"acme\"} 1.0"))
                .toList();
    }

    /** Mode tells a replica that doesn't own the workspace. */
    void assertHintsReachTheOwner() {
        var report = OneDataset.report(0);
        scene.sandbox().runClock().takes(report, Duration.ZERO, Duration.ofMillis(1));
        scene.sandbox().runClock().neverEnds(report);
        var before = scene.events("run-accepted", report).size();
        OneDataset.change(scene);
        scene.eventually(() -> assertThat(scene.events("run-accepted", report)).hasSizeGreaterThan(before));
        var run = scene.events("run-accepted", report).get(before).run();
        var other = replicas.stream()
                .filter(replica -> !owners().contains(replica))
                .findFirst()
                .orElseThrow();

        scene.eventually(() -> {
            hint(other, report, run);
            assertThat(hints()).contains("acme/hints/" + report);
        });

        scene.sandbox().runClock().endsAs(report, "succeeded");
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
        assertThat(scene.topics().read("upstream-data-changed-dlq")).isEmpty();
    }

    private static void hint(PackagedApplication replica, String report, String run) {
        given().contentType("application/json")
                .body("""
                        {"event": "report_run_completed", "report_run_url": "https://m/api/o/reports/%s/runs/%s"}""".formatted(report, run))
                .post(replica.url().resolve("/webhooks/mode/" + WEBHOOK))
                .then()
                .statusCode(204);
    }

    private List<String> hints() {
        return scene.topics().read("freshet-inbox").stream()
                .map(record -> new String(record.key(), UTF_8))
                .toList();
    }
}
