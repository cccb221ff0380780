package io.freshet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/**
 * The application's classes as its JVM archives them (JEP 350), written once by a run that took one change. Each of
 * the many starts of the tests takes half as long with it.
 */
public final class ClassCache {

    private ClassCache() {}

    private static final class Shared {
        static final Path FILE = write(PackagedApplication.directory().resolveSibling("test-classes.jsa"));
    }

    /**
     * For a JVM that runs the packaged application. The archive is mapped where it says, instead of being moved to an address
     * that nobody can guess: that costs more than a tenth of a second each time.
     */
    public static List<String> options() {
        return List.of(
                "-XX:SharedArchiveFile=" + Shared.FILE,
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0");
    }

    private static Path write(Path file) {
        try (var scene = Scene.open(Prompt.MODE)) {
            var settings = scene.settings();
            settings.putAll(Prompt.SETTINGS);
            OneDataset.fill(scene, 1);
            var training = scene.launch(PackagedApplication.directory(), settings, "-XX:ArchiveClassesAtExit=" + file);
            OneDataset.change(scene);
            scene.eventually(
                    () -> assertThat(scene.topics().read("run-finished")).isNotEmpty());
            training.stop();
        }
        return file.toAbsolutePath();
    }
}
