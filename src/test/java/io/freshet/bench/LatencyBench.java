package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.Scene;
import io.freshet.testing.TestKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing else to do and nothing to wait for: from a change that is sent to its POST that has arrived. */
@Tag("latency")
class LatencyBench {

    private static final int WARM_UP = 1_000;
    private static final int MEASURED = 300;
    private static final String SPACE = "59ace0000001";

    private static String source(int n) {
        return "50acce%06d".formatted(n);
    }

    private static String report(int n) {
        return "4e9047%06d".formatted(n);
    }

    private static String dataset(int n) {
        return "da7a5e%06d".formatted(n);
    }

    private static Scene scene() {
        var scene = Scene.open(SandboxSettings.defaults()
                .withRateLimit(1_000_000, Duration.ofSeconds(1))
                .withCounting(SandboxSettings.RateCounting.UNLIMITED));
        scene.sandbox().workspace().addSpace(SPACE, "Sales");
        for (var n = 0; n < WARM_UP + MEASURED; n++) {
            scene.sandbox().workspace().addDataSource(source(n), "Source " + n);
            scene.sandbox().workspace().addDataset(dataset(n), "Dataset " + n, source(n), SPACE);
            scene.sandbox().workspace().addReport(report(n), "Report " + n, SPACE, dataset(n));
        }
        return scene;
    }

    @Test
    void latency() throws Exception {
        List<Double> ours;
        try (var scene = scene()) {
            // Idle: no run is asked after while the next change is on its way.
            scene.launch(
                            Map.of(
                                    "freshet.coalesce.quiet",
                                    "0s",
                                    "freshet.tracking.poll-min",
                                    "1h",
                                    "freshet.tracking.poll-max",
                                    "1h"),
                            "-XX:TieredStopAtLevel=4")
                    .awaitReady();
            ours = measure(scene, posted -> scene.topics().read("run-accepted").size() == posted);
        }
        List<Double> bare;
        try (var scene = scene()) {
            scene.topics().create("upstream-data-changed", 6);
            var consumer = new Thread(() -> consume(scene), "bare-consumer");
            consumer.setDaemon(true);
            consumer.start();
            bare = measure(scene, posted -> true);
            consumer.interrupt();
            consumer.join();
        }
        var table = new Table(
                "Latency",
                "Idle, quiet=0, after 1,000 changes: milliseconds from a change that is sent to its POST that has arrived."
                        + " The reference is a bare consumer that resolves with two calls and posts, without saving"
                        + " anything. It waits for the broker or for Mode 4 times, one after the other; Freshet 11 times,"
                        + " for two topics, a transaction, and listings that are read to their end.");
        table.row("p50", percentile(ours, 50), percentile(bare, 50), "");
        table.row("p99", percentile(ours, 99), percentile(bare, 99), "≤ 3");
        table.publish();
    }

    /** @param atRest whether all is done that follows from so many POSTs */
    private static List<Double> measure(Scene scene, IntPredicate atRest) {
        var latencies = new ArrayList<Double>();
        for (var n = 0; n < WARM_UP + MEASURED; n++) {
            var number = n;
            scene.sandbox().calls().clear();
            var sent = Instant.now();
            scene.change("{\"data_source\": \"%s\"}".formatted(source(n)));
            awaitThat(() -> !scene.sandbox().calls().posts(report(number)).isEmpty());
            awaitThat(() -> atRest.test(number + 1));
            var arrived = scene.sandbox().calls().posts(report(n)).get(0).at();
            if (n >= WARM_UP) {
                latencies.add(Duration.between(sent, arrived).toNanos() / 1e6);
            }
        }
        assertThat(latencies).hasSize(MEASURED);
        return latencies;
    }

    private static void awaitThat(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(60))
                .until(condition);
    }

    private static void consume(Scene scene) {
        var settings = new Properties();
        settings.put("bootstrap.servers", TestKafka.bootstrapServers());
        settings.put("group.id", scene.topics().name("bare"));
        settings.put("auto.offset.reset", "earliest");
        try (var bare = new Bare(scene);
                var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(scene.topics().name("upstream-data-changed")));
            while (!Thread.currentThread().isInterrupted()) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    var number = record.value().replaceAll("\\D*50acce(\\d{6})\\D*", "$1");
                    bare.get("data_sources/50acce" + number + "/datasets");
                    bare.get("datasets/da7a5e" + number + "/reports");
                    bare.post("4e9047" + number, "da7a5e" + number);
                    consumer.commitSync();
                }
            }
        } catch (InterruptException e) {
            Thread.currentThread().interrupt(); // the end
        }
    }

    private static double percentile(List<Double> values, int percent) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
