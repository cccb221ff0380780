package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ReportKey;
import io.freshet.ledger.StoredReportStates;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 100,000 reports are known, 20,000 of them have an open run, and 1,000,000 changes are remembered. */
@Tag("scale")
class ScaleBench {

    private static final int KNOWN = 100_000;
    private static final int OPEN = 20_000;
    private static final int CHANGES = 1_000_000;
    private static final Duration WAITING = Duration.ofSeconds(20);
    private static final Pattern RESTORED = Pattern.compile("restored .* reports=(\\d+) changes=\\d+ took_ms=(\\d+)");

    @ParameterizedTest
    @ValueSource(ints = {100, 10})
    void scale(int changesInABatch) {
        try (var scene = Scene.open()) {
            scene.topics().createAll(StoredReportStates.PARTITIONS);
            fill(scene, changesInABatch);

            var application = scene.start(Map.of("freshet.tracking.timeout", "24h"));
            application.awaitLine("restored partitions");
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> restored(application, 1) == KNOWN);

            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> isShown(application));

            var before = application.cpu();
            // Nothing is waited for here: this is the time over which the processor is measured.
            Awaitility.await()
                    .pollDelay(WAITING)
                    .atMost(WAITING.multipliedBy(2))
                    .until(() -> true);
            var cpu = application.cpu().minus(before).toMillis() / (double) WAITING.toMillis();
            var table = new Table(
                    "Scale, with %d to a batch".formatted(changesInABatch),
                    "100,000 reports in freshet-state, 20,000 of them with an open run that is to be asked after in an"
                            + " hour, and 1,000,000 settled changes that are remembered, in batches of %d; the process runs"
                                    .formatted(changesInABatch)
                            + " with -Xmx256m, and its view has read all that as well.");
            table.row("MiB of heap in use", application.liveHeapMebibytes(), "≤ 256");
            table.row("seconds to restore", restored(application, 2) / 1000.0, "≤ 10");
            table.row("percent of a core while all wait", cpu * 100, "< 5");
            table.publish();
            assertThat(application.log()).doesNotContain("OutOfMemoryError");
        }
    }

    private static void fill(Scene scene, int changesInABatch) {
        var topic = scene.topics().name("freshet-state");
        var now = Instant.now();
        var sent = new ArrayList<Future<?>>();
        sent.add(scene.topics().send(StoredReportStates.batch(topic, "acme", OPEN, now)));
        for (var n = 0; n < KNOWN; n++) {
            var report = new ReportKey("acme", "4e9047%06d".formatted(n));
            sent.add(scene.topics()
                    .send(
                            n < OPEN
                                    ? StoredReportStates.running(topic, report, now, now.plusSeconds(3600))
                                    : StoredReportStates.settled(topic, report, now)));
        }
        for (var first = 0; first < CHANGES; first += changesInABatch) {
            sent.add(scene.topics()
                    .send(StoredReportStates.remembered(
                            topic, "acme", 2 + first / changesInABatch, first, changesInABatch, now)));
        }
        scene.topics().flush(sent);
    }

    /** The change of the last record, by the view. */
    private static boolean isShown(PackagedApplication application) {
        return application
                        .get("/api/v1/changes?account=acme&source=/etl&id=load-" + (CHANGES - 1))
                        .statusCode()
                == 200;
    }

    /** The sum of a number over all that was restored. */
    private static int restored(PackagedApplication application, int group) {
        return application.lines().stream()
                .map(RESTORED::matcher)
                .filter(Matcher::find)
                .mapToInt(line -> Integer.parseInt(line.group(group)))
                .sum();
    }
}
