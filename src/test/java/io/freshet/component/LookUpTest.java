package io.freshet.component;

import static io.restassured.RestAssured.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.freshet.event.ChangeKey;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What became of a change, asked for over HTTP while the records of a replica that isn't there come in. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class LookUpTest {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

    Scene scene;

    private final String id = "load-" + UUID.randomUUID();
    /** Numbers that no workspace of the tests comes to. */
    private final long batch = 1_000_000_000L + Integer.toUnsignedLong(id.hashCode());

    private final ChangeKey change = new ChangeKey("acme", ChangeKey.digest("/elsewhere", id));
    private final Set<String> written = new LinkedHashSet<>();

    @AfterEach
    void leaveNothing() {
        written.forEach(key -> write(key, null));
    }

    private void write(String key, @Nullable String value) {
        var record = new ProducerRecord<>(
                scene.topics().name("freshet-state"),
                key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8));
        scene.topics().flush(List.of(scene.topics().send(record)));
    }

    private void stored(String key, String fields) {
        written.add(key);
        write(key, "{'v':1,'min_reader':1,%s}".formatted(fields).replace('\'', '"'));
    }

    private void opened() {
        stored(
                change.key(),
                "'account':'acme','data_source':'5a1d','source':'/elsewhere','id':'%s','changed_at':'%s','topic':'t','partition':0,'offset':7,'timestamp':1"
                        .formatted(id, AT));
    }

    private void planned() {
        stored(
                "acme/batches/" + batch,
                "'state':'open','data_source':'5a1d','planned_at':'%s','changes':{'listed':[],'count':1},'identities':'%s','left_out':2,'not_succeeded':[]"
                        .formatted(AT, identities()));
    }

    private void settled() {
        stored(
                "acme/batches/" + batch,
                "'state':'settled','data_source':'5a1d','planned_at':'%s','settled_at':'%s','identities':'%s','outcome':'partly','runs':{'succeeded':1,'failed':1,'cancelled':0,'timed_out':0,'rejected':0,'left_out':2},'not_succeeded':[{'token':'r2','kind':'report','outcome':'failed','reason':'failed','run_token':'run2'}],'last_success':'%s'"
                        .formatted(AT, AT.plusSeconds(60), identities(), AT.plusSeconds(50)));
    }

    private String identities() {
        var pair = ByteBuffer.allocate(16).putLong(change.digest()).putLong(AT.getEpochSecond() * 1_000_000_000L);
        return Base64.getEncoder().encodeToString(pair.array());
    }

    private void waits(String report) {
        stored(
                "acme/reports/" + report,
                "'state':'waiting','request':{'dataset_tokens':['d1'],'batches':[%d],'requested_at':'%s'},'not_before':'%s','attempts':{'count':0},'history':{}"
                        .formatted(batch, AT, AT));
    }

    private Response ask(String more) {
        return get("/api/v1/changes?source=/elsewhere&id=" + id + more);
    }

    private JsonPath known(String more) {
        return ask(more).then().statusCode(200).extract().jsonPath();
    }

    @Test
    void shouldSayThatNobodyKnowsTheChangeAndForHowLongItWasWaitedFor() {
        scene.eventually(() -> ask("").then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("acme")));
        ask("&wait=200ms").then().statusCode(404);
        ask("&account=globex").then().statusCode(404).body("detail", containsString("/api/v1/status"));
    }

    @Test
    void shouldFollowAChangeFromItsArrivalToItsEnd() throws Exception {
        scene.eventually(() -> ask("").then().statusCode(404));
        var waiting = CompletableFuture.supplyAsync(() -> known("&account=acme&wait=60s"));

        opened();
        scene.eventually(() -> {
            var open = known("");
            assertThat(open.getString("account")).isEqualTo("acme");
            assertThat(open.getString("change.source")).isEqualTo("/elsewhere");
            assertThat(open.getString("change.id")).isEqualTo(id);
            assertThat(open.getString("change.changed_at")).isEqualTo("2026-03-01T12:00:00Z");
            assertThat(open.getString("state")).isEqualTo("open");
            assertThat(open.<Object>get("batch")).isNull();
            assertThat(open.getInt("runs.open")).isZero();
        });

        waits("r" + Long.toString(batch, 36));
        planned();
        scene.eventually(() -> {
            var open = known("&wait=PT0.1S");
            assertThat(open.getString("state")).isEqualTo("open");
            assertThat(open.getString("batch")).isEqualTo(Long.toString(batch));
            assertThat(open.getInt("runs.open")).isEqualTo(1);
            assertThat(open.getInt("runs.left_out")).isEqualTo(2);
        });
        assertThat(waiting).isNotDone();

        settled();
        var settled = waiting.get(30, TimeUnit.SECONDS);
        assertThat(settled.getString("state")).isEqualTo("settled");
        assertThat(settled.<String, Object>getMap("settled"))
                .containsEntry("account", "acme")
                .containsEntry("batch", Long.toString(batch))
                .containsEntry("outcome", "partly")
                .containsEntry("data", "unknown")
                .containsEntry("settled_at", "2026-03-01T12:01:00Z")
                .doesNotContainKey("freshness_seconds");
        assertThat(settled.getInt("settled.runs.failed")).isEqualTo(1);
        assertThat(settled.<Object>get("settled.runs.open")).isNull();
        assertThat(settled.getString("settled.not_succeeded[0].run_token")).isEqualTo("run2");
        assertThat(settled.getString("settled.change.id")).isEqualTo(id);
        assertThat(known("&wait=60s").getString("state")).as("at once").isEqualTo("settled");
    }
}
