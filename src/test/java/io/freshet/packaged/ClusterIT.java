package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.History;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Replicas that join, leave, die and come back from the dead, while changes keep coming in. */
class ClusterIT {

    private static final SandboxSettings SETTINGS = SandboxSettings.defaults().withRateLimit(40, Duration.ofSeconds(2));

    private static final Map<String, String> PROMPT = Prompt.but(Map.of(
            "freshet.tracking.poll-min", "300ms",
            "freshet.tracking.poll-max", "2s",
            "freshet.posting.grace", "2s",
            "freshet.catalog.ttl", "5s"));

    /** A few heartbeats, and what a rebalance waits for. */
    private static final Duration UNAWARE = Duration.ofSeconds(6);

    static PackagedApplication launch(Scene scene) {
        return scene.launch(PROMPT, "-Xmx160m");
    }

    /** The work goes on: so many more runs have ended. */
    private static void awaitMoreRuns(Scene scene, int more) {
        var before = scene.events("run-finished").size();
        scene.eventually(() -> assertThat(scene.events("run-finished")).hasSizeGreaterThanOrEqualTo(before + more));
    }

    private static void awaitRestored(PackagedApplication application) {
        application.awaitReady();
        application.awaitLine("restored partitions=");
    }

    private static void assertWithinBudget(Scene scene, Predicate<Instant> when) {
        var calls = scene.sandbox().calls().all().stream()
                .filter(call -> when.test(call.at()))
                .toList();
        assertThat(History.overBudget(calls, SETTINGS.requests(), SETTINGS.period()))
                .as(scene.logs())
                .isEmpty();
    }

    @Test
    void shouldKeepItsPromisesWhileReplicasComeAndGo() {
        try (var scene = Scene.open(SETTINGS)) {
            Instant woken;
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

                woken = haltUntilMissed(scene, joining);
                awaitMoreRuns(scene, 5);
            }
            scene.eventually(() -> assertThat(History.of(scene).broken()).isEmpty());
            var unaware = woken;
            assertWithinBudget(scene, at -> at.isBefore(unaware));
            assertWithinBudget(scene, at -> at.isAfter(unaware.plus(UNAWARE)));
        }
    }

    /**
     * It stands still until the others have its partitions, and then tries to write late. That is refused; but until
     * it hears that it isn't one of them any more, it may call Mode.
     */
    private static Instant haltUntilMissed(Scene scene, PackagedApplication zombie) {
        zombie.halt();
        awaitMoreRuns(scene, 15);
        var woken = Instant.now();
        zombie.goOn();
        return woken;
    }
}
