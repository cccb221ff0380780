package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Replicas that join, leave, die and come back from the dead, while changes keep coming in. */
@Order(4) // it takes long, so it begins early
class ClusterIT {

    private static final SandboxSettings SETTINGS = SandboxSettings.defaults().withRateLimit(40, Duration.ofSeconds(2));

    private static final Map<String, String> PROMPT = Prompt.but(Map.of(
            "freshet.tracking.poll-min", "300ms",
            "freshet.tracking.poll-max", "2s",
            "freshet.posting.grace", "2s",
            "freshet.catalog.ttl", "5s"));

    static PackagedApplication launch(Scene scene) {
        return scene.launch(PROMPT, "-Xmx160m");
    }

    /** The work goes on: so many more runs have ended. */
    static void awaitMoreRuns(Scene scene, int more) {
        var before = scene.events("run-finished").size();
        scene.eventually(() -> assertThat(scene.events("run-finished")).hasSizeGreaterThanOrEqualTo(before + more));
    }

    private static void awaitRestored(PackagedApplication application) {
        application.awaitReady();
        application.awaitLine("restored partitions=");
    }

    @Test
    void shouldKeepItsPromisesWhileReplicasComeAndGo() {
        try (var scene = Scene.open(SETTINGS)) {
            try (var traffic = Traffic.with(scene, Chaos.random("cluster"), 8, 20)) {
                var leaving = launch(scene);
                var dying = launch(scene);
                awaitRestored(leaving);
                awaitRestored(dying);
                traffic.every(Duration.ofMillis(700));
                awaitMoreRuns(scene, 5);

                var joining = launch(scene);
                awaitRestored(joining);
                awaitMoreRuns(scene, 5);

                assertThat(leaving.stop()).isEqualTo(143);
                awaitMoreRuns(scene, 5);

                var another = launch(scene);
                awaitRestored(another);
                dying.kill();
                awaitMoreRuns(scene, 10);

                haltUntilMissed(scene, joining);
            }
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
        }
    }

    /**
     * It stands still until the others have its partitions, and doesn't know that when it goes on: what it writes late is
     * refused, and it must not call Mode.
     */
    private static void haltUntilMissed(Scene scene, PackagedApplication zombie) {
        zombie.halt();
        awaitMoreRuns(scene, 15);
        var before = zombie.lines().size();
        zombie.goOn();
        awaitMoreRuns(scene, 5);
        assertThat(zombie.lines().subList(before, zombie.lines().size()))
                .as("it doesn't wait for steps that are in vain")
                .noneMatch(line -> line.contains("while steps are under way"));
    }
}
