package io.freshet.bench;

import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing else to do and nothing to wait for: from a change that is sent to its POST that has arrived. */
@Tag("latency")
class LatencyBench {

    /** C2 takes up what has been called some thousand times, and keeps a core busy until it is done. */
    private static final int WARM_UP = 5_000;

    private static final int IN_A_TURN = 20;
    /** Idle: no run is asked after while the next change is on its way. */
    private static final Map<String, String> SETTINGS = Map.of(
            "freshet.coalesce.quiet", "0s",
            "freshet.tracking.poll-min", "1h",
            "freshet.tracking.poll-max", "1h");

    @Test
    void latency() {
        var table = new Table(
                "Latency",
                "Idle, quiet=0, after 5,000 changes: milliseconds from a change that is sent to its POST"
                        + " that has arrived, of 1,500 changes each, in turns of 20. The reference is a bare"
                        + " consumer that resolves with two calls and posts, without saving anything. It waits for"
                        + " the broker or for Mode 4 times, one after the other; Freshet more often, for the inbox"
                        + " and for what is saved before the POST. In the first two rows the sandbox answers at once, as no API behind a"
                        + " network does, and Kafka alone is measured; in the others it takes 5 and 50 ms for each"
                        + " answer, of 300 changes each.");
        try (var scene = scene();
                var reference = scene();
                var consumer = new BareConsumer(reference)) {
            // Heap and collector are those of the image in a container of 512 MB.
            scene.launch(SETTINGS, "-XX:TieredStopAtLevel=4", "-Xmx332m").awaitReady();
            consumer.start();
            var ours = new OneByOne(
                    scene, sent -> scene.topics().read("run-accepted").size() == sent);
            var bare = new OneByOne(reference, sent -> consumer.done() == sent);
            ours.send(WARM_UP);
            bare.send(WARM_UP);
            measure(ours, bare, 1_500, "", table, "", "");
            slow(scene, 5);
            slow(reference, 5);
            measure(ours, bare, 300, ", answers after 5 ms", table, "", "");
            slow(scene, 50);
            slow(reference, 50);
            measure(ours, bare, 300, ", answers after 50 ms", table, "≤ 1.3", "≤ 1.6");
        }
        table.publish();
    }

    private static Scene scene() {
        return Scene.open(SandboxSettings.defaults()
                .withRateLimit(1_000_000, Duration.ofSeconds(1))
                .withCounting(SandboxSettings.RateCounting.UNLIMITED));
    }

    private static void slow(Scene scene, int millis) {
        scene.sandbox().faults().clear();
        scene.sandbox().faults().slow(Integer.MAX_VALUE, Duration.ofMillis(millis), request -> true);
    }

    /** In turns, so that the broker and the machine are the same for the one as for the other. */
    private static void measure(
            OneByOne ours, OneByOne bare, int changes, String when, Table table, String p50, String p99) {
        var measured = new ArrayList<Double>();
        var reference = new ArrayList<Double>();
        while (measured.size() < changes) {
            measured.addAll(ours.send(IN_A_TURN));
            reference.addAll(bare.send(IN_A_TURN));
        }
        table.row("p50" + when, percentile(measured, 50), percentile(reference, 50), p50);
        table.row("p99" + when, percentile(measured, 99), percentile(reference, 99), p99);
    }

    private static double percentile(List<Double> values, int percent) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
