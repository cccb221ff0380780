package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.OneDataset;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A key that is changed in the middle of the work: all waits, says so, and goes on with the new key and no restart. */
class CredentialIT {

    private static final int REPORTS = 4;

    @Test
    @DisabledIfSystemProperty(named = "freshet.image", matches = ".+", disabledReason = "it sees no directory of ours")
    void shouldGoOnWhenTheKeyIsRenewed(@TempDir Path directory) throws IOException {
        try (var scene = Scene.open(Prompt.MODE)) {
            OneDataset.fill(scene, REPORTS);
            write(directory, Prompt.MODE.token(), Prompt.MODE.secret());
            var application =
                    scene.start(Prompt.but(Map.of("freshet.workspace.credentials-directory", directory.toString())));
            OneDataset.change(scene);
            scene.eventually(() -> assertThat(scene.events("run-finished")).hasSize(REPORTS));

            scene.sandbox().credentials("renewed", "secret");
            OneDataset.change(scene);
            scene.eventually(() -> assertUnready(application, "unauthorised"));
            Files.delete(directory.resolve("token"));
            scene.eventually(() -> assertUnready(application, "see freshet.workspace.credentials-directory"));
            write(directory, "renewed", "secret");

            scene.eventually(() -> assertThat(scene.events("run-finished")).hasSize(2 * REPORTS));
            scene.eventually(
                    () -> assertThat(application.getManaged("/q/health/ready").statusCode())
                            .isEqualTo(200));
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
            assertThat(scene.logs()).doesNotContain(Prompt.MODE.secret());
        }
    }

    private static void assertUnready(PackagedApplication application, String why) {
        var ready = application.getManaged("/q/health/ready");
        assertThat(ready.statusCode()).as(ready.body()).isEqualTo(503);
        assertThat(ready.body()).contains(why);
    }

    private static void write(Path directory, String token, String secret) throws IOException {
        Files.writeString(directory.resolve("token"), token);
        Files.writeString(directory.resolve("secret"), secret);
    }
}
