package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.InboundRecord;
import io.freshet.lineage.LineageEvent;
import io.freshet.lineage.LineageReader;
import io.freshet.lineage.RandomEvents;
import io.freshet.sandbox.Connection;
import io.freshet.testing.Event;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/**
 * Random events of OpenLineage, of no data source that there is: those that are none become dead letters, nothing stops, and the
 * runs between them that write to a data source have their reports run. 100,000 events with {@code -Pchaos}.
 */
class LineageFuzzIT {

    private static final int GOOD = 20;
    private static final int BETWEEN = (Chaos.rounds() > 0 ? 100_000 : 2_000) / GOOD;
    private static final String SPACE = "59ace0000001";

    private final LineageReader reader = new LineageReader();
    private long unusable;

    @Test
    void shouldDoTheGoodBetweenWhateverElseComes() {
        try (var scene = Scene.open(Prompt.MODE)) {
            fill(scene);
            scene.topics().create("openlineage", 3);
            var settings = new HashMap<>(Prompt.SETTINGS);
            settings.put("freshet.topics.openlineage", scene.topics().name("openlineage"));
            var application = scene.launch(settings, "-Xmx256m");
            application.awaitReady();

            send(scene, Chaos.random("lineage"));

            scene.eventually(Duration.ofMinutes(5), () -> assertThat(scene.events("change-settled"))
                    .hasSize(GOOD));
            scene.eventually(
                    Duration.ofMinutes(5), () -> assertThat(deadLetters(scene)).isEqualTo(unusable));
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
            assertThat(application.isAlive()).isTrue();
            assertThat(application.lines().stream().filter(line -> line.contains("OutOfMemoryError")))
                    .isEmpty();
            System.out.printf(
                    "lineage fuzz: %d events, %d dead letters, %d good runs, 0 broken promises%n",
                    GOOD * BETWEEN, unusable, GOOD);
        }
    }

    private static void fill(Scene scene) {
        var workspace = scene.sandbox().workspace();
        workspace.addSpace(SPACE, "Sales");
        for (var n = 0; n < GOOD; n++) {
            var source = "50acce0f%04d".formatted(n);
            workspace.addDataSource(source, "Source " + n);
            workspace.connect(source, new Connection("mysql", "fuzz-%d.example.test".formatted(n), 3306, "shop"));
            workspace.addDataset("da7a5e70%04d".formatted(n), "Dataset " + n, source, SPACE);
            workspace.addReport("4e904700%04d".formatted(n), "Report " + n, SPACE, "da7a5e70%04d".formatted(n));
        }
    }

    private void send(Scene scene, Random random) {
        var events = new RandomEvents(random);
        var topic = scene.topics().name("openlineage");
        for (var n = 0; n < GOOD; n++) {
            var sent = new ArrayList<Future<?>>();
            for (var bad = 0; bad < BETWEEN; bad++) {
                var event = events.next();
                unusable += isUnusable(event) ? 1 : 0;
                sent.add(scene.topics().send(new ProducerRecord<>(topic, event)));
            }
            sent.add(scene.topics().send(new ProducerRecord<>(topic, good(n).getBytes(StandardCharsets.UTF_8))));
            scene.topics().flush(sent);
        }
    }

    private boolean isUnusable(byte[] event) {
        var now = Instant.now();
        return reader.read(new InboundRecord("openlineage", 0, 0, now, null, event, new RecordHeaders()), now)
                instanceof LineageEvent.Unusable;
    }

    private static String good(int n) {
        return """
                {"eventType":"COMPLETE","eventTime":"2026-01-31T06:00:00Z","run":{"runId":"good-%d"},
                 "job":{"namespace":"etl","name":"good"},
                 "outputs":[{"namespace":"mysql://fuzz-%d.example.test:3306","name":"shop.orders"}]}""".formatted(n, n);
    }

    /** The records that they are of: after a crash one may be there twice. */
    private static long deadLetters(Scene scene) {
        return scene.topics().read("upstream-data-changed-dlq").stream()
                .map(letter -> Event.header(letter, "dead-letter-partition") + "/"
                        + Event.header(letter, "dead-letter-offset"))
                .collect(Collectors.toSet())
                .size();
    }
}
