package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.Event;
import io.freshet.testing.OneDataset;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * 1,000 changes at once, and one who waits for what becomes of some of them, while the replica that works dies. Then all are
 * started anew, and any of them is asked.
 */
@Order(3) // it takes long, so it begins early
class SettledIT {

    private static final int CHANGES = 1_000;
    private static final int REPORTS = 30;
    private static final SandboxSettings SETTINGS = SandboxSettings.defaults().withRateLimit(40, Duration.ofSeconds(2));
    private static final Map<String, String> PROMPT = Prompt.but(Map.of("freshet.tracking.poll-min", "300ms"));
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldTellOfEachChangeOnceWhileReplicasDie() {
        try (var scene = Scene.open(SETTINGS)) {
            OneDataset.fill(scene, REPORTS);
            scene.sandbox().runClock().takes(Duration.ofMillis(100), Duration.ofMillis(400));
            var first = scene.launch(PROMPT, "-Xmx160m");
            first.awaitReady();
            first.awaitLine("restored partitions=");
            var others = List.of(scene.launch(PROMPT, "-Xmx160m"), scene.launch(PROMPT, "-Xmx160m"));
            others.forEach(PackagedApplication::awaitReady);
            var replicas = List.of(first, others.get(0), others.get(1));

            scene.topics()
                    .flush(IntStream.range(0, CHANGES)
                            .<Future<?>>mapToObj(n -> scene.topics().send(change(scene, n)))
                            .toList());
            var answers = IntStream.range(0, 10)
                    .mapToObj(n -> CompletableFuture.supplyAsync(() -> await(replicas, scene, n * 100)))
                    .toList();
            scene.eventually(() -> assertThat(scene.events("run-accepted")).hasSizeGreaterThan(5));
            scene.whoSays("run accepted account=" + scene.account(), replicas).kill();

            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
            var told = scene.events("change-settled");
            assertThat(told)
                    .extracting(event -> event.data().at("/change/id").asText())
                    .doesNotHaveDuplicates()
                    .hasSize(CHANGES);
            answers.forEach(answer -> assertIsTrue(answer.join(), told));

            replicas.stream().filter(PackagedApplication::isAlive).forEach(PackagedApplication::stop);
            var restarted = AnyReplica.ofThree(scene, PROMPT);
            restarted.assertTheViewBeganAfterTheStart();
            restarted.assertAllKnow(scene.events("run-finished"), REPORTS);
            restarted.assertThePageShows(told.get(0), OneDataset.report(0));
            restarted.assertAllAnswerAnAdmin();
            restarted.assertHintsReachTheOwner();
        }
    }

    private static ProducerRecord<byte[], byte[]> change(Scene scene, int n) {
        var record = new ProducerRecord<>(
                scene.topics().name("upstream-data-changed"),
                "key".getBytes(StandardCharsets.UTF_8),
                "{\"account\": \"%s\", \"data_source\": \"%s\"}"
                        .formatted(scene.account(), OneDataset.SOURCE)
                        .getBytes(StandardCharsets.UTF_8));
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_type", "io.freshet.data-changed.v1",
                        "ce_source", "/etl",
                        "ce_id", "load-" + n)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /** As a script would: again and again until the change is settled, whatever happens to who is asked. */
    private static JsonNode await(List<PackagedApplication> replicas, Scene scene, int n) {
        var path = "/api/v1/changes?account=%s&source=/etl&id=load-%d&wait=20s".formatted(scene.account(), n);
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions() // of one that dies while it is asked
                .until(
                        () -> read(alive(replicas, n).get(path).body()),
                        answer -> answer.path("state").asText().equals("settled"));
    }

    private static PackagedApplication alive(List<PackagedApplication> replicas, int n) {
        var alive = replicas.stream().filter(PackagedApplication::isAlive).toList();
        return alive.get(n / 100 % alive.size());
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(body, e);
        }
    }

    private static void assertIsTrue(JsonNode answer, List<Event> told) {
        var id = answer.at("/change/id").asText();
        var event = told.stream()
                .filter(one -> one.data().at("/change/id").asText().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(withoutTime(answer.path("settled"))).isEqualTo(withoutTime(event.data()));
    }

    /** A batch of many changes is told in several transactions, each at its time, and what is asked for has the last one's. */
    private static JsonNode withoutTime(JsonNode settled) {
        return settled.<ObjectNode>deepCopy().without("settled_at");
    }
}
