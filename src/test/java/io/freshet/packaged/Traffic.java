package io.freshet.packaged;

import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A workspace, and changes of its data sources that keep coming in until it is closed. */
final class Traffic implements AutoCloseable {

    private static final String SPACE = "59ace0000001";

    private final CountDownLatch over = new CountDownLatch(1);
    private CompletableFuture<Void> ticking = CompletableFuture.completedFuture(null);
    private final Scene scene;
    private final Random random;
    private final int sources;

    private Traffic(Scene scene, Random random, int sources) {
        this.scene = scene;
        this.random = random;
        this.sources = sources;
    }

    /** Two datasets on each source; report n uses one of source n and one of the next, as the sources go round. */
    static Traffic with(Scene scene, Random random, int sources, int reports) {
        var workspace = scene.sandbox().workspace();
        workspace.addSpace(SPACE, "Sales");
        for (var n = 0; n < sources; n++) {
            workspace.addDataSource(source(n), "Source " + n);
            workspace.addDataset(dataset(n, 0), "Dataset " + n, source(n), SPACE);
            workspace.addDataset(dataset(n, 1), "Another " + n, source(n), SPACE);
        }
        IntStream.range(0, reports)
                .forEach(n -> workspace.addReport(
                        "4e9047%06d".formatted(n),
                        "Report " + n,
                        SPACE,
                        dataset(n % sources, 0),
                        dataset((n + 1) % sources, 1)));
        scene.sandbox().runClock().takes(Duration.ofMillis(100), Duration.ofMillis(400));
        return new Traffic(scene, random, sources);
    }

    private static String source(int number) {
        return "50acce%06d".formatted(number);
    }

    private static String dataset(int source, int number) {
        return "da7a%04d%04d".formatted(source, number);
    }

    /** The data of one of the sources has changed. */
    void change() {
        scene.change("{\"account\": \"%s\", \"data_source\": \"%s\"}"
                .formatted(scene.account(), source(random.nextInt(sources))));
    }

    /** One change after each pause, from now on. */
    Traffic every(Duration pause) {
        ticking = CompletableFuture.runAsync(() -> {
            while (!isOverAfter(pause)) {
                change();
            }
        });
        return this;
    }

    private boolean isOverAfter(Duration pause) {
        try {
            return over.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** No more changes. Fails where one could not be sent. */
    @Override
    public void close() {
        over.countDown();
        ticking.orTimeout(60, TimeUnit.SECONDS).join();
    }
}
