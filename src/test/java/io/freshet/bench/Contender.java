package io.freshet.bench;

import io.freshet.testing.OneDataset;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** An application that consumes changes, started as users start it. */
interface Contender {

    /** Where its {@code quarkus-run.jar} is. */
    Path directory();

    Map<String, String> settings(Scene scene);

    /** When it had the first record. */
    Optional<Instant> firstRecord(Scene scene, PackagedApplication application);

    /** That it has done all that follows from so many changes. */
    void assertDone(Scene scene, PackagedApplication application, int changes);

    default double mebibytes() {
        try (var files = Files.walk(directory())) {
            return files.map(Path::toFile)
                            .mapToLong(file -> file.isFile() ? file.length() : 0)
                            .sum()
                    / 1048576.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The option of a JVM that starts from a cache: that of a run that took one change, which writes it now. */
    default String cache(Path file) {
        var isAot = Runtime.version().feature() >= 25; // JEP 514
        var write = (isAot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file;
        try (var scene = StartBench.scene()) {
            OneDataset.change(scene);
            var training = scene.launch(directory(), settings(scene), write);
            scene.eventually(() -> assertDone(scene, training, 1));
            training.stop();
        }
        return (isAot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file;
    }
}
