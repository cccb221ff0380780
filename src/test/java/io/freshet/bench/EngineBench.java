package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.OneDataset;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No limit and no latency: what the machinery itself costs. */
@Tag("engine")
class EngineBench {

    private static final int REPORTS = 5_000;
    private static final int WARM_UP = 2 * REPORTS;
    private static final int ROUNDS = 10;

    @Test
    void engine() {
        var settings = SandboxSettings.defaults()
                .withRateLimit(1_000_000, Duration.ofSeconds(1))
                .withCounting(SandboxSettings.RateCounting.UNLIMITED);
        try (var scene = Scene.open(settings)) {
            OneDataset.fill(scene, REPORTS);
            scene.sandbox().runClock().takes(Duration.ZERO, Duration.ZERO);
            var bare = bare(scene);
            scene.sandbox().calls().clear();
            scene.launch(
                            Map.of("freshet.coalesce.quiet", "0s", "freshet.tracking.poll-min", "100ms"),
                            "-XX:TieredStopAtLevel=4")
                    .awaitReady();

            for (var round = 1; round <= ROUNDS; round++) {
                scene.sandbox().calls().clear();
                scene.change("{\"space\": \"%s\"}".formatted(OneDataset.SPACE));
                awaitFinished(scene, round * REPORTS);
            }

            var table = new Table(
                    "Engine",
                    "5,000 reports, no limit, no latency, runs that end at once; the tenth round, when the JVM is warm."
                            + " The reference is a bare loop that posts to the same sandbox, one after the other.");
            table.row(
                    "runs posted per second", perSecond(scene.sandbox().calls().posts()), bare, "≥ 0.5");
            table.publish();
        }
    }

    private static void awaitFinished(Scene scene, int runs) {
        scene.eventually(
                Duration.ofMinutes(5),
                () -> assertThat(scene.topics().read("run-finished").size()).isEqualTo(runs));
    }

    private static double bare(Scene scene) {
        try (var bare = new Bare(scene)) {
            for (var n = 0; n < WARM_UP; n++) {
                bare.post(OneDataset.report(n % REPORTS), OneDataset.DATASET);
            }
            scene.sandbox().calls().clear();
            for (var n = 0; n < REPORTS; n++) {
                bare.post(OneDataset.report(n), OneDataset.DATASET);
            }
        }
        return perSecond(scene.sandbox().calls().posts());
    }

    private static double perSecond(List<CallLog.Call> posts) {
        var took =
                Duration.between(posts.get(0).at(), posts.get(posts.size() - 1).at());
        return posts.size() * 1000.0 / took.toMillis();
    }
}
