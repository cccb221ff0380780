package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.History;
import io.freshet.testing.OneDataset;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 1,000 changes of one source in 10 s, while runs take 5 s. */
@Tag("storm")
class StormBench {

    private static final int CHANGES = 1_000;
    private static final int REPORTS = 10;
    private static final int REFERENCE_CHANGES = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static void fill(Scene scene) {
        OneDataset.fill(scene, REPORTS);
        scene.sandbox().runClock().takes(Duration.ofMillis(500), Duration.ofMillis(4500));
    }

    @Test
    void storm() throws Exception {
        try (var scene = Scene.open()) {
            fill(scene);
            scene.start();

            sendOver(Duration.ofSeconds(10), scene);
            scene.eventually(
                    Duration.ofMinutes(3), () -> assertThat(told(scene)).isEqualTo(CHANGES));
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());

            var calls = (double) scene.sandbox().calls().all().size();
            var most = History.of(scene).postsByReport().values().stream()
                    .mapToLong(Long::longValue)
                    .max()
                    .orElseThrow();
            var table = new Table(
                    "Storm",
                    "1,000 changes of one source with 10 reports within 10 s, while runs take 5 s. The reference is a"
                            + " consumer without coalescing: for each change it lists the datasets and their reports, posts,"
                            + " and asks every 2 s; measured for 20 changes, and taken times 50.");
            table.row("calls", calls, reference() * CHANGES / REFERENCE_CHANGES, "≤ 0.02");
            table.row("POSTs per report, at most", (double) most, "≤ 3");
            table.row("answers of 429", (double) scene.sandbox().calls().count(call -> call.status() == 429), "0");
            table.publish();
        }
    }

    private static void sendOver(Duration time, Scene scene) throws InterruptedException {
        var ticks = Executors.newSingleThreadScheduledExecutor();
        for (var n = 0; n < CHANGES; n++) {
            var unused = ticks.schedule(
                    () -> OneDataset.change(scene), time.toMillis() * n / CHANGES, TimeUnit.MILLISECONDS);
        }
        ticks.shutdown();
        assertThat(ticks.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    private static int told(Scene scene) {
        return scene.events("run-finished", OneDataset.report(0)).stream()
                .mapToInt(event -> event.data().path("changes_count").asInt())
                .sum();
    }

    /** How many calls a consumer without coalescing makes for some changes. */
    private static double reference() throws JsonProcessingException {
        var unlimited = SandboxSettings.defaults().withCounting(SandboxSettings.RateCounting.UNLIMITED);
        try (var scene = Scene.open(unlimited);
                var bare = new Bare(scene)) {
            fill(scene);
            var open = new ArrayList<String>();
            for (var change = 0; change < REFERENCE_CHANGES; change++) {
                bare.get("data_sources/" + OneDataset.SOURCE + "/datasets");
                bare.get("datasets/" + OneDataset.DATASET + "/reports");
                for (var n = 0; n < REPORTS; n++) {
                    var run = JSON.readTree(bare.post(OneDataset.report(n), OneDataset.DATASET));
                    open.add("reports/" + OneDataset.report(n) + "/runs/"
                            + run.path("token").asText());
                }
            }
            Awaitility.await()
                    .pollInterval(Duration.ofSeconds(2))
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> {
                        open.removeIf(path -> bare.get(path).contains("\"succeeded\""));
                        return open.isEmpty();
                    });
            return scene.sandbox().calls().all().size();
        }
    }
}
