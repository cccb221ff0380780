package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.Event;
import io.freshet.testing.OneDataset;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** 1,000 changes of one source in 2 s, while its datasets run: all that comes meanwhile is one follow-up. */
class DatasetStormIT {

    private static final int CHANGES = 1_000;
    private static final int REPORTS = 10;
    private static final Duration STORM = Duration.ofSeconds(2);
    private static final String OTHER = "da7a5e000002";
    private static final SandboxSettings SETTINGS = SandboxSettings.defaults().withRateLimit(40, Duration.ofSeconds(2));
    private static final Map<String, String> PROMPT = Prompt.but(Map.of("freshet.workspace.datasets-first", "always"));

    @Test
    void shouldRunEachDatasetAndEachReportTwiceAtMost() throws InterruptedException {
        try (var scene = Scene.open(SETTINGS)) {
            fill(scene);
            scene.start(PROMPT);

            scene.sandbox().runClock().hold();
            storm(scene);
            scene.eventually(() -> assertThat(scene.openChanges()).hasSize(CHANGES));
            scene.sandbox().runClock().release();

            scene.eventually(() -> assertThat(settled(scene)).hasSize(CHANGES));
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
            assertThat(settled(scene)).hasSize(CHANGES).allSatisfy(one -> assertThat(one.text("data"))
                    .isEqualTo("fresh"));
            assertThat(scene.sandbox().calls().postsOfDataset(OneDataset.DATASET))
                    .hasSizeBetween(1, 2);
            assertThat(scene.sandbox().calls().postsOfDataset(OTHER)).hasSizeBetween(1, 2);
            assertThat(reports())
                    .allSatisfy(report ->
                            assertThat(scene.sandbox().calls().posts(report)).hasSizeBetween(1, 2));
        }
    }

    private static void fill(Scene scene) {
        OneDataset.fill(scene, REPORTS - 1);
        var workspace = scene.sandbox().workspace();
        workspace.addDataset(OTHER, "Returns", OneDataset.SOURCE, OneDataset.SPACE);
        workspace.addReport(OneDataset.report(REPORTS - 1), "Of both", OneDataset.SPACE, OneDataset.DATASET, OTHER);
        scene.sandbox().runClock().takes(Duration.ofMillis(100), Duration.ofMillis(400));
    }

    private static void storm(Scene scene) throws InterruptedException {
        var ticks = Executors.newSingleThreadScheduledExecutor();
        for (var n = 0; n < CHANGES; n++) {
            var unused = ticks.schedule(
                    () -> OneDataset.change(scene), STORM.toMillis() * n / CHANGES, TimeUnit.MILLISECONDS);
        }
        ticks.shutdown();
        assertThat(ticks.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    private static List<Event> settled(Scene scene) {
        return scene.events("change-settled");
    }

    private static List<String> reports() {
        return IntStream.range(0, REPORTS).mapToObj(OneDataset::report).toList();
    }
}
