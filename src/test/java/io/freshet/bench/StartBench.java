package io.freshet.bench;

import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.OneDataset;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Scene;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From nothing to the first record, and the memory for that, beside an application that does nothing else. */
@Tag("start")
class StartBench {

    private static final int STARTS = 5;
    private static final int CHANGES = 200;
    private static final Duration POLL = Duration.ofMillis(250); // as application.properties says
    private static final int REPORTS = 10;
    private static final String NO_CACHE = "-XX:-UsePerfData";

    /**
     * @param seconds from the start of the process to the first record
     * @param idle MiB that are resident when all that follows from it is done
     * @param loaded MiB that are resident after many changes
     */
    private record Start(double seconds, double idle, double loaded) {}

    /** The median of seconds to the first record, and that of the reference. */
    private record Seconds(double ours, double reference) {}

    @TempDir
    Path caches;

    @Test
    void start() {
        var freshet = new Freshet(PackagedApplication.directory());
        var floor = Floor.build();
        var table = new Table(
                "Start on Java " + Runtime.version().feature(),
                "The median of %d starts with topics that exist, up to the first of the records that were there before,"
                                .formatted(STARTS)
                        + " and what is resident when that is done and after 200 more. The reference is an empty Quarkus"
                        + " application with one Kafka consumer and a web server, packaged in the same way. The cache"
                        + " (AOT cache from Java 25 on, AppCDS before) is that of a run that took one change. In most of its"
                        + " starts the reference's first record waits for a poll of a second, the connector's default, and"
                        + " in some it doesn't; Freshet's polls take a quarter of a second at most.");
        table.row("MiB of the package", freshet.mebibytes(), floor.mebibytes(), "");
        var without = compare(table, "jar", freshet, floor, NO_CACHE, NO_CACHE);
        var ours = freshet.cache(caches.resolve("freshet"));
        var empty = floor.cache(caches.resolve("floor"));
        var with = compare(table, "jar with cache", freshet, floor, ours, empty);
        table.row(
                "jar with cache, reference without: seconds to the first record", with.ours(), without.reference(), "");
        table.row(
                "jar with cache, reference that polls as often: seconds to the first record",
                with.ours(),
                median(starts(floor.polling(POLL), empty), Start::seconds),
                "");
        table.publish();
    }

    private static Seconds compare(
            Table table, String how, Contender freshet, Contender floor, String ourOption, String emptyOption) {
        var ours = new ArrayList<Start>();
        var empty = new ArrayList<Start>();
        for (var n = 0; n < STARTS; n++) { // in turn, so that a noisy neighbour troubles both
            ours.add(start(freshet, ourOption));
            empty.add(start(floor, emptyOption));
        }
        var seconds = new Seconds(median(ours, Start::seconds), median(empty, Start::seconds));
        table.row(how + ": seconds to the first record", seconds.ours(), seconds.reference(), "≤ 1.3");
        table.row(how + ": MiB resident when idle", median(ours, Start::idle), median(empty, Start::idle), "");
        table.row(how + ": MiB resident after load", median(ours, Start::loaded), median(empty, Start::loaded), "");
        return seconds;
    }

    private static List<Start> starts(Contender contender, String jvmOption) {
        return IntStream.range(0, STARTS)
                .mapToObj(n -> start(contender, jvmOption))
                .toList();
    }

    private static Start start(Contender contender, String jvmOption) {
        try (var scene = scene()) {
            OneDataset.change(scene);
            var began = Instant.now();
            try (var application = scene.launch(
                    contender.directory(), contender.settings(scene), "-XX:TieredStopAtLevel=4", jvmOption)) {
                application.awaitReady();
                scene.eventually(() -> contender.assertDone(scene, application, 1));
                var first = contender.firstRecord(scene, application).orElseThrow();
                var idle = application.residentMebibytes();
                scene.changes(Collections.nCopies(CHANGES, "{\"data_source\": \"%s\"}".formatted(OneDataset.SOURCE)));
                scene.eventually(() -> contender.assertDone(scene, application, 1 + CHANGES));
                return new Start(
                        Duration.between(began, first).toMillis() / 1000.0, idle, application.residentMebibytes());
            }
        }
    }

    /** With topics, as whoever runs Freshet has them. */
    static Scene scene() {
        var scene = Scene.open(SandboxSettings.defaults().withRateLimit(10_000, Duration.ofSeconds(1)));
        scene.topics().createAll(6);
        OneDataset.fill(scene, REPORTS);
        scene.sandbox().runClock().takes(Duration.ZERO, Duration.ZERO);
        return scene;
    }

    private static double median(List<Start> starts, ToDoubleFunction<Start> figure) {
        return starts.stream()
                .mapToDouble(figure)
                .sorted()
                .skip(starts.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
