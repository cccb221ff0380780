package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Damage;
import io.freshet.event.FieldCases;
import io.freshet.event.InboundRecord;
import io.freshet.testing.Event;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Records from the field, damaged at random, none of them for a workspace that there is: all of them become dead letters, and
 * the good changes between them are settled. 100,000 of them with {@code -Pchaos}.
 */
class FuzzIT {

    private static final int GOOD = 50;
    private static final int BETWEEN = (Chaos.rounds() > 0 ? 100_000 : 2_000) / GOOD;
    private static final String SPACE = "59ace0000001";

    @Test
    void shouldDoTheGoodBetweenWhateverElseComes() {
        try (var scene = Scene.open(Prompt.MODE)) {
            scene.neighbour("globex"); // so that an account must be named
            fill(scene);
            var application = scene.launch(Prompt.SETTINGS, "-Xmx256m");
            application.awaitReady();

            send(scene, Chaos.random("fuzz"));

            scene.eventually(Duration.ofMinutes(5), () -> assertThat(scene.events("change-settled"))
                    .hasSize(GOOD));
            scene.eventually(
                    Duration.ofMinutes(5), () -> assertThat(deadLetters(scene)).hasSize(GOOD * BETWEEN));
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
            assertThat(application.isAlive()).isTrue();
            assertThat(application.lines().stream().filter(line -> line.contains("OutOfMemoryError")))
                    .isEmpty();
            System.out.printf("fuzz: %d records, %d good changes, 0 broken promises%n", GOOD * BETWEEN, GOOD);
        }
    }

    private static void fill(Scene scene) {
        var workspace = scene.sandbox().workspace();
        workspace.addSpace(SPACE, "Sales");
        for (var n = 0; n < GOOD; n++) {
            var source = "50acce0f%04d".formatted(n);
            workspace.addDataSource(source, "Source " + n);
            workspace.addDataset("da7a5e70%04d".formatted(n), "Dataset " + n, source, SPACE);
            workspace.addReport("4e904700%04d".formatted(n), "Report " + n, SPACE, "da7a5e70%04d".formatted(n));
        }
    }

    private static void send(Scene scene, Random random) {
        var cases = FieldCases.records();
        var topic = scene.topics().name("upstream-data-changed");
        for (var n = 0; n < GOOD; n++) {
            var sent = new ArrayList<Future<?>>();
            for (var bad = 0; bad < BETWEEN; bad++) {
                sent.add(scene.topics().send(ofStrangers(topic, cases.get(random.nextInt(cases.size())), random)));
            }
            var good = "{\"account\": \"%s\", \"data_source\": \"50acce0f%04d\"}".formatted(scene.account(), n);
            sent.add(scene.topics().send(new ProducerRecord<>(topic, good.getBytes(StandardCharsets.UTF_8))));
            scene.topics().flush(sent);
        }
    }

    private static ProducerRecord<byte[], byte[]> ofStrangers(String topic, InboundRecord whole, Random random) {
        var stranger =
                new InboundRecord(topic, 0, 0, whole.timestamp(), null, ofStrangers(whole.value()), whole.headers());
        var damaged = Damage.to(stranger, random);
        return new ProducerRecord<>(topic, null, null, damaged.key(), damaged.value(), damaged.headers());
    }

    /** Its bytes are of any encoding. */
    private static byte @Nullable [] ofStrangers(byte @Nullable [] value) {
        return value == null
                ? null
                : new String(value, StandardCharsets.ISO_8859_1)
                        .replace("acme", "none")
                        .replace("YWNtZ", "bm9uZ")
                        .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The records that they are of: after a crash one may be there twice. */
    private static List<String> deadLetters(Scene scene) {
        return scene.topics().read("upstream-data-changed-dlq").stream()
                .map(letter -> Event.header(letter, "dead-letter-partition") + "/"
                        + Event.header(letter, "dead-letter-offset"))
                .collect(Collectors.toSet())
                .stream()
                .toList();
    }
}
