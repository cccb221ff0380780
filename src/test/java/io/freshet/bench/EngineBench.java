package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.OneDataset;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
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
    private static final int COUNTED = 3;

    @Test
    void engine() {
        var settings = SandboxSettings.defaults()
                .withRateLimit(1_000_000, Duration.ofSeconds(1))
                .withCounting(SandboxSettings.RateCounting.UNLIMITED);
        try (var scene = Scene.open(settings)) {
            OneDataset.fill(scene, REPORTS);
            scene.sandbox().runClock().takes(Duration.ZERO, Duration.ZERO);
            var before = bare(scene);
            scene.sandbox().calls().clear();
            scene.launch(Map.of("freshet.coalesce.quiet", "0s"), "-XX:TieredStopAtLevel=4")
                    .awaitReady();

            var posted = new ArrayList<Double>();
            var followed = new ArrayList<Double>();
            for (var round = 1; round <= ROUNDS; round++) {
                scene.sandbox().calls().clear();
                scene.change("{\"space\": \"%s\"}".formatted(OneDataset.SPACE));
                awaitSettled(scene, round);
                var posts = scene.sandbox().calls().posts();
                posted.add(perSecond(posts, posts));
                followed.add(perSecond(posts, untilTheLastIsKnown(scene)));
            }

            var bare = (before + bare(scene)) / 2;
            var table = new Table(
                    "Engine",
                    "5,000 reports, no limit, no latency, runs that end at once; the mean of rounds 8, 9 and 10, when the JVM"
                            + " is warm. The reference is a bare loop that posts to the same sandbox, one after the"
                            + " other, before and after. Freshet asks after a run 2 s after its POST at the earliest, so that"
                            + " the end of the last one can't be known before.");
            table.row("runs posted per second", last(posted), bare, "≥ 0.75");
            table.row("runs posted and followed to the end per second", last(followed), bare, "≥ 0.5");
            table.publish();
        }
    }

    /** A record per change is looked for; those of all runs, read again and again, would be work beside what is measured. */
    private static void awaitSettled(Scene scene, int changes) {
        scene.eventually(
                Duration.ofMinutes(5),
                () -> assertThat(scene.topics().read("change-settled").size()).isEqualTo(changes));
    }

    /** When all runs have ended, the datasets are looked at once more. */
    private static List<CallLog.Call> untilTheLastIsKnown(Scene scene) {
        return scene.sandbox().calls().all().stream()
                .filter(call -> !call.path().contains("/datasets"))
                .toList();
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
        var posts = scene.sandbox().calls().posts();
        return perSecond(posts, posts);
    }

    /** @param calls up to the last of which it takes, from the first of the POSTs on */
    private static double perSecond(List<CallLog.Call> posts, List<CallLog.Call> calls) {
        var took =
                Duration.between(posts.get(0).at(), calls.get(calls.size() - 1).at());
        return posts.size() * 1000.0 / took.toMillis();
    }

    private static double last(List<Double> rounds) {
        return rounds.stream()
                .skip(rounds.size() - COUNTED)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }
}
