package io.freshet.bench;

import io.freshet.testing.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Changes that are sent one after the other, each of a new source with a report that was never refreshed. */
final class OneByOne {

    private static final String SPACE = "59ace0000001";

    private final Scene scene;
    private final IntPredicate atRest;
    private int sent;

    /** @param atRest whether all is done that follows from so many changes */
    OneByOne(Scene scene, IntPredicate atRest) {
        this.scene = scene;
        this.atRest = atRest;
    }

    /** @return milliseconds from each change to its POST that has arrived */
    List<Double> send(int changes) {
        return IntStream.range(0, changes).mapToObj(n -> send()).toList();
    }

    private double send() {
        fill();
        scene.sandbox().calls().clear();
        var at = Instant.now();
        scene.change("{\"data_source\": \"50acce%06d\"}".formatted(sent));
        sent++;
        await(() -> !scene.sandbox().calls().posts().isEmpty());
        await(() -> atRest.test(sent));
        var arrived = scene.sandbox().calls().posts().get(0).at();
        return Duration.between(at, arrived).toNanos() / 1e6;
    }

    /** With nothing else: what a listing shows is looked for in all that there is. */
    private void fill() {
        var source = "50acce%06d".formatted(sent);
        var dataset = "da7a5e%06d".formatted(sent);
        var workspace = scene.sandbox().workspace();
        workspace.clear();
        workspace.addSpace(SPACE, "Sales");
        workspace.addDataSource(source, "Source " + sent);
        workspace.addDataset(dataset, "Dataset " + sent, source, SPACE);
        workspace.addReport("4e9047%06d".formatted(sent), "Report " + sent, SPACE, dataset);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(60))
                .until(condition);
    }
}
