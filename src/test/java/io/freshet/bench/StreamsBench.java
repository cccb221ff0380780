package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The main job beside 500 who want to see the events as they happen. */
@Tag("streams")
class StreamsBench {

    private static final int STREAMS = 500;
    private static final int WARM_UP = 2_000;
    private static final int TURNS = 5;
    private static final int IN_A_TURN = 60;
    private static final Map<String, String> SETTINGS = Map.of(
            "freshet.coalesce.quiet", "0s",
            "freshet.tracking.poll-min", "1h",
            "freshet.tracking.poll-max", "1h");

    @Test
    void streams() {
        try (var scene = Scene.open(SandboxSettings.defaults()
                .withRateLimit(1_000_000, Duration.ofSeconds(1))
                .withCounting(SandboxSettings.RateCounting.UNLIMITED))) {
            var application = scene.launch(SETTINGS, "-XX:TieredStopAtLevel=4", "-Xmx332m");
            application.awaitReady();
            var changes = new OneByOne(
                    scene, sent -> scene.topics().read("run-accepted").size() == sent);
            changes.send(WARM_UP);
            var alone = new ArrayList<Double>();
            var beside = new ArrayList<Double>();
            var open = 0;
            for (var turn = 0; turn < TURNS; turn++) {
                alone.addAll(changes.send(IN_A_TURN));
                try (var streams = OpenStreams.of(application.url(), STREAMS)) {
                    beside.addAll(changes.send(IN_A_TURN));
                    open = Math.max(open, streams.open());
                }
            }
            assertThat(application.isAlive()).isTrue();
            publish(alone, beside, open);
        }
    }

    private static void publish(List<Double> alone, List<Double> beside, int open) {
        var table = new Table(
                "Streams",
                "500 who open the stream of events of the one replica, while changes come one by one: milliseconds from a change"
                        + " that is sent to its POST that has arrived, of 300 changes, in turns of 60 with and without them. The"
                        + " reference is the same without. Those beyond 200 are answered 503. Each stream has the status every 2 s"
                        + " besides, and its reader is on the same two processors.");
        table.row("p50", percentile(beside, 50), percentile(alone, 50), "≤ 1.5");
        table.row("p90", percentile(beside, 90), percentile(alone, 90), "≤ 2");
        table.row("streams that are open, at most", open, "200");
        table.publish();
    }

    private static double percentile(List<Double> values, int percent) {
        return values.stream().sorted().toList().get(values.size() * percent / 100);
    }
}
