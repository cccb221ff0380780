package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.OneDataset;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/**
 * Changes of nearly 1 MB each come while Mode takes no credential, and then it does: all are settled, and nothing was
 * restarted. 1,000 of them with {@code -Pchaos}.
 */
class HeavyIT {

    private static final int CHANGES = Chaos.rounds() > 0 ? 1_000 : 40;
    private static final String WEIGHT = "x".repeat(1_000_000);

    private static final int AT_ONCE = 20;
    private static final int REPORTS = 5;

    @Test
    void shouldTakeChangesOfAnyWeightWhileModeIsAway() {
        try (var scene = Scene.open(Prompt.MODE)) {
            OneDataset.fill(scene, REPORTS);
            scene.topics().keep(HeavyIT::withoutWeight);
            var application = scene.launch(Prompt.but(Map.of()), "-Xmx256m");
            application.awaitReady();
            scene.sandbox().credentials("another", "one");

            send(scene);
            scene.eventually(Duration.ofMinutes(5), () -> assertThat(scene.openChanges())
                    .as("all of them are known, and open")
                    .hasSize(CHANGES));
            assertThat(scene.events("change-settled")).isEmpty();
            scene.sandbox().credentials(Prompt.MODE.token(), Prompt.MODE.secret());

            scene.eventually(Duration.ofMinutes(5), () -> assertThat(scene.events("change-settled"))
                    .hasSize(CHANGES));
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
            assertThat(scene.read("upstream-data-changed-dlq")).isEmpty();
            assertThat(application.isAlive()).isTrue();
            assertThat(application.log()).doesNotContain("OutOfMemoryError");
            System.out.printf("heavy: %d changes of 1 MB, 0 broken promises%n", CHANGES);
        }
    }

    /** What Freshet doesn't read has most of the weight, and what it carries along the rest. */
    private static void send(Scene scene) {
        for (var n = 0; n < CHANGES; n += AT_ONCE) {
            var sent = new ArrayList<Future<?>>();
            for (var one = n; one < n + AT_ONCE; one++) {
                var json = "{\"data_source\": \"%s\", \"reason\": \"%s\", \"rows\": \"%s\"}"
                        .formatted(OneDataset.SOURCE, "load %d %s".formatted(one, "y".repeat(2_000)), WEIGHT);
                sent.add(scene.topics()
                        .send(new ProducerRecord<>(
                                scene.topics().name("upstream-data-changed"), json.getBytes(StandardCharsets.UTF_8))));
            }
            scene.topics().flush(sent);
        }
    }

    /** The judge beside it reads them all, and keeps what it judges by. */
    private static ConsumerRecord<byte[], byte[]> withoutWeight(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null || record.value().length < WEIGHT.length()) {
            return record;
        }
        var light = new String(record.value(), StandardCharsets.UTF_8).replace(WEIGHT, "");
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                record.key(),
                light.getBytes(StandardCharsets.UTF_8),
                record.headers(),
                record.leaderEpoch());
    }
}
