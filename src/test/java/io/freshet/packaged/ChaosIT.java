package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kill -9} at random moments, while changes keep coming in. Only with {@code -Pchaos}: it takes most of an hour. */
@EnabledIf("isWanted")
class ChaosIT {

    private static final SandboxSettings SETTINGS = SandboxSettings.defaults().withRateLimit(40, Duration.ofSeconds(2));

    static boolean isWanted() {
        return Chaos.rounds() > 0;
    }

    /** With 20 rounds, 200 kills in all; each is of one replica, which is replaced at once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldKeepItsPromisesThroughAHundredKills(int replicas) {
        var random = Chaos.random(replicas + " replicas");
        try (var scene = Scene.open(SETTINGS)) {
            try (var traffic = Traffic.with(scene, random, 8, 20)) {
                var alive = new ArrayList<PackagedApplication>();
                for (var n = 0; n < replicas; n++) {
                    alive.add(ClusterIT.launch(scene));
                }
                alive.forEach(PackagedApplication::awaitReady);
                traffic.every(Duration.ofMillis(700));
                for (var kill = 0; kill < 5 * Chaos.rounds(); kill++) {
                    replaceOne(scene, alive, random);
                }
            }
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
        }
    }

    private static void replaceOne(Scene scene, List<PackagedApplication> alive, Random random) {
        Pause.of(Duration.ofMillis(random.nextInt(8_000)));
        alive.remove(random.nextInt(alive.size())).kill();
        var replacement = ClusterIT.launch(scene);
        replacement.awaitReady();
        alive.add(replacement);
    }
}
