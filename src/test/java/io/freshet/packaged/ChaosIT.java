package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.History;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas are killed and halted at random moments, while changes keep coming in. Only with {@code -Pchaos}: it takes most of an hour. */
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
            var workspaces = List.of(scene, scene.neighbour("globex"), scene.neighbour("initech"));
            var alive = new ArrayList<PackagedApplication>();
            var traffic = workspaces.stream()
                    .map(workspace -> Traffic.with(workspace, new Random(random.nextLong()), 8, 20))
                    .toList();
            try {
                for (var n = 0; n < replicas; n++) {
                    alive.add(ClusterIT.launch(scene));
                }
                alive.forEach(PackagedApplication::awaitReady);
                traffic.forEach(each -> each.every(Duration.ofSeconds(1)));
                for (var kill = 0; kill < 5 * Chaos.rounds(); kill++) {
                    replaceOne(scene, alive, random);
                }
            } finally {
                traffic.forEach(Traffic::close);
            }
            for (var workspace : workspaces) {
                scene.eventually(() -> assertThat(workspace.brokenPromises()).isEmpty());
                assertThat(workspace.events("run-finished")).isNotEmpty();
                System.out.printf(
                        "chaos: %d replicas, %d kills, account=%s: %d changes, %d runs, 0 broken promises%n",
                        replicas,
                        5 * Chaos.rounds(),
                        workspace.account(),
                        History.of(workspace).changes().size(),
                        workspace.events("run-finished").size());
            }
        }
    }

    /** With 20 rounds, 60 halts. Most are longer than the session, so that the halted one has lost its workspace when it goes on. */
    @Test
    void shouldKeepItsPromisesThroughHalts() {
        var random = Chaos.random("halts");
        var halts = 3 * Chaos.rounds();
        try (var scene = Scene.open(SETTINGS)) {
            var alive = List.of(ClusterIT.launch(scene), ClusterIT.launch(scene));
            alive.forEach(PackagedApplication::awaitReady);
            try (var traffic = Traffic.with(scene, random, 8, 20)) {
                traffic.every(Duration.ofMillis(400));
                for (var halt = 0; halt < halts; halt++) {
                    ClusterIT.awaitMoreRuns(scene, 5);
                    var halted = alive.get(random.nextInt(alive.size()));
                    halted.halt();
                    Pause.of(Duration.ofMillis(1_000 + random.nextInt(9_000)));
                    halted.goOn();
                }
            }
            scene.eventually(Duration.ofMinutes(5), () -> assertThat(scene.brokenPromises())
                    .isEmpty());
            System.out.printf(
                    "chaos: %d halts: %d changes, %d runs, 0 broken promises%n",
                    halts,
                    History.of(scene).changes().size(),
                    scene.events("run-finished").size());
        }
    }

    /** With 20 rounds, 60 departures, each in order and with a replacement that has joined before or comes after. */
    @Test
    void shouldKeepItsPromisesWhileReplicasComeAndGo() {
        var random = Chaos.random("departures");
        var departures = 3 * Chaos.rounds();
        try (var scene = Scene.open(SETTINGS)) {
            var alive = new ArrayList<>(List.of(ClusterIT.launch(scene), ClusterIT.launch(scene)));
            alive.forEach(PackagedApplication::awaitReady);
            try (var traffic = Traffic.with(scene, random, 8, 20)) {
                traffic.every(Duration.ofMillis(400));
                for (var departure = 0; departure < departures; departure++) {
                    ClusterIT.awaitMoreRuns(scene, 5);
                    var comesFirst = random.nextBoolean();
                    if (comesFirst) {
                        join(scene, alive);
                    }
                    Pause.of(Duration.ofMillis(random.nextInt(2_000)));
                    assertThat(alive.remove(random.nextInt(alive.size())).stop())
                            .isEqualTo(143);
                    if (!comesFirst) {
                        join(scene, alive);
                    }
                }
            }
            scene.eventually(Duration.ofMinutes(5), () -> assertThat(scene.brokenPromises())
                    .isEmpty());
            System.out.printf(
                    "chaos: %d departures: %d changes, %d runs, 0 broken promises%n",
                    departures,
                    History.of(scene).changes().size(),
                    scene.events("run-finished").size());
        }
    }

    private static void join(Scene scene, List<PackagedApplication> alive) {
        var joining = ClusterIT.launch(scene);
        joining.awaitReady();
        alive.add(joining);
    }

    private static void replaceOne(Scene scene, List<PackagedApplication> alive, Random random) {
        Pause.of(Duration.ofMillis(random.nextInt(8_000)));
        alive.remove(random.nextInt(alive.size())).kill();
        join(scene, alive);
    }
}
