package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.Debugger;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process that is killed at a named point, and started again, loses nothing and does nothing twice. Each point once, one
 * life after the other, in two rounds: one of reports alone, and one with datasets that are run before their reports. With
 * {@code -Pchaos}, so many rounds of both kinds for each point alone, with another number of hits every time.
 */
@Execution(ExecutionMode.CONCURRENT)
@DisabledIfSystemProperty(
        named = "freshet.executable",
        matches = ".+",
        disabledReason = "a debugger halts it, which a native executable doesn't let in; CrashIT and ChaosIT kill that")
@DisabledIfSystemProperty(named = "freshet.image", matches = ".+", disabledReason = "a debugger halts it")
@Order(1) // it takes long, so it begins early
class CrashMatrixIT {

    private static final String SOURCE = "50acce0f0001";
    private static final String SPACE = "59ace0000001";
    private static final int REPORTS = 6;
    private static final int DATASETS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** @param chance how many hits, at most, a round of chance waits for; 0 where it waits for a point's own number */
    record Round(List<CrashPoint> points, int number, int chance, boolean datasetsFirst) {
        Map<String, String> settings() {
            return Prompt.but(Map.of("freshet.workspace.datasets-first", datasetsFirst ? "always" : "never"));
        }

        int hits(CrashPoint point, Random random) {
            return chance == 0 ? point.hits : 1 + random.nextInt(chance);
        }
    }

    static Stream<Round> rounds() {
        return Chaos.rounds() > 0
                ? Stream.of(false, true).flatMap(CrashMatrixIT::roundsOfChance)
                : Stream.of(
                        new Round(CrashPoint.ofReportsAlone(), 0, 0, false),
                        new Round(CrashPoint.ofDatasetsFirst(), 0, 0, true));
    }

    private static Stream<Round> roundsOfChance(boolean datasetsFirst) {
        return Stream.of(CrashPoint.values())
                .filter(point -> datasetsFirst || point != CrashPoint.BEFORE_RELEASE)
                .flatMap(point -> IntStream.range(0, Chaos.rounds())
                        .mapToObj(n -> new Round(List.of(point), n, 12, datasetsFirst)));
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void shouldKeepItsPromisesWhenItIsKilled(Round round) {
        var random = Chaos.random(round.toString());
        try (var scene = Scene.open(Prompt.MODE).tellLineage()) {
            fill(scene);
            for (var point : round.points()) {
                if (point == CrashPoint.MID_RESTORE) {
                    somethingToRestore(round, scene);
                }
                liveUntil(point, round, round.hits(point, random), scene);
            }
            change(scene);
            scene.start(round.settings());

            scene.eventually(() -> assertThat(scene.events("run-finished")).hasSizeGreaterThanOrEqualTo(REPORTS));
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
            if (round.points().contains(CrashPoint.ANSWER_UNREAD)) {
                assertThat(scene.events("run-accepted"))
                        .as("a run whose answer died with the process")
                        .anyMatch(event -> event.data().path("adopted").asBoolean());
            }
        }
    }

    /** A start, and a kill. */
    private static void liveUntil(CrashPoint point, Round round, int hits, Scene scene) {
        var posts = scene.sandbox().calls().posts().size();
        var process = scene.launch(round.settings(), Debugger.JVM_OPTION);
        try (var debugger = Debugger.attach(process)) {
            debugger.stopAt(point.type, point.method, hits, () -> point.counts(scene, posts));
            assertThat(reaches(scene, debugger, round.chance() > 0))
                    .as("%s was reached\n%s", point, scene.logs())
                    .isTrue();
            process.kill();
        }
    }

    /** By chance, changes keep coming in until the last hit. */
    private static boolean reaches(Scene scene, Debugger debugger, boolean byChance) {
        change(scene);
        var pause = !byChance ? PATIENCE : Duration.ofMillis(500);
        for (var left = PATIENCE; left.compareTo(Duration.ZERO) > 0; left = left.minus(pause)) {
            if (debugger.awaitStop(pause)) {
                return true;
            }
            change(scene);
        }
        return false;
    }

    /** Runs that an earlier process has posted, and that are open. */
    private static void somethingToRestore(Round round, Scene scene) {
        scene.sandbox().runClock().hold();
        PackagedApplication earlier = scene.start(round.settings());
        change(scene);
        scene.eventually(() -> assertThat(scene.states())
                .extracting(state -> state.text("state"))
                .filteredOn("running"::equals)
                .hasSizeGreaterThanOrEqualTo(round.datasetsFirst() ? DATASETS : REPORTS));
        earlier.kill();
        scene.sandbox().runClock().release();
    }

    private static void fill(Scene scene) {
        var workspace = scene.sandbox().workspace();
        workspace.addDataSource(SOURCE, "Warehouse");
        workspace.addSpace(SPACE, "Sales");
        IntStream.range(0, DATASETS)
                .forEach(n -> workspace.addDataset("da7a5e70000" + n, "Dataset " + n, SOURCE, SPACE));
        IntStream.range(0, REPORTS)
                .forEach(n ->
                        workspace.addReport("4e904700000" + n, "Report " + n, SPACE, "da7a5e70000" + n % DATASETS));
        scene.sandbox().runClock().takes(Duration.ofMillis(50), Duration.ofMillis(150));
    }

    private static void change(Scene scene) {
        scene.change("{\"data_source\": \"%s\"}".formatted(SOURCE));
    }
}
