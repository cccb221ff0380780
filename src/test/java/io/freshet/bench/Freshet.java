package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Scene;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Has a change where it first asks Mode, and is done when no report is on its way. */
record Freshet(Path directory) implements Contender {

    @Override
    public Map<String, String> settings(Scene scene) {
        var settings = scene.settings();
        settings.put("freshet.coalesce.quiet", "0s");
        settings.put("freshet.tracking.poll-min", "200ms");
        return settings;
    }

    @Override
    public Optional<Instant> firstRecord(Scene scene, PackagedApplication application) {
        return scene.sandbox().calls().all().stream().findFirst().map(call -> call.at());
    }

    @Override
    public void assertDone(Scene scene, PackagedApplication application, int changes) {
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
    }
}
