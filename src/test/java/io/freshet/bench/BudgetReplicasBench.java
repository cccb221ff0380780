package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.sandbox.SandboxSettings.RateCounting;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The same work for three replicas, of which one is killed on the way, and another one joins. */
@Tag("budget")
class BudgetReplicasBench {

    private static PackagedApplication launch(Scene scene) {
        return scene.launch(Map.of("freshet.coalesce.quiet", "0s"), "-Xmx160m");
    }

    private static void awaitPosts(Scene scene, int posts) {
        scene.eventually(
                Duration.ofMinutes(3),
                () -> assertThat(scene.sandbox().calls().posts()).hasSizeGreaterThanOrEqualTo(posts));
    }

    /** Replicas stand by for one another, and one of them has the whole limit: more of them are no slower. */
    @ParameterizedTest
    @CsvSource({"1, WINDOW", "3, WINDOW", "5, WINDOW", "1, BUCKET", "3, BUCKET", "5, BUCKET"})
    void anyNumberOfReplicas(int number, RateCounting counting) {
        var settings = SandboxSettings.defaults().withCounting(counting);
        try (var scene = Scene.open(settings)) {
            BudgetWorkspace.fill(scene, BudgetWorkspace::oneSpace);
            var replicas = Stream.generate(() -> launch(scene)).limit(number).toList();
            replicas.forEach(PackagedApplication::awaitReady);
            replicas.forEach(replica -> replica.awaitLine("restored partitions="));

            scene.change(BudgetWorkspace.CHANGE);

            scene.eventually(Duration.ofMinutes(6), () -> assertThat(scene.events("run-finished"))
                    .hasSize(BudgetWorkspace.REPORTS));
            assertThat(scene.brokenPromises()).isEmpty();
            var table = new Table(
                    "Budget of %d replicas, counted as a %s"
                            .formatted(number, counting.name().toLowerCase(Locale.ROOT)),
                    "One change of a source with 20 datasets and 200 reports, one workspace. The reference is the bound.");
            BudgetWorkspace.report(scene, Instant.EPOCH, table, "≤ 1.05", "");
            table.row(
                    "most calls in any 10 s",
                    CallLog.mostInAnyWindow(scene.sandbox().calls().all(), settings.period()),
                    "≤ 40");
            table.publish();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WINDOW", "BUCKET"})
    void threeReplicas(RateCounting counting) {
        var settings = SandboxSettings.defaults().withCounting(counting);
        try (var scene = Scene.open(settings)) {
            BudgetWorkspace.fill(scene, BudgetWorkspace::oneSpace);
            var replicas = Stream.generate(() -> launch(scene)).limit(3).toList();
            replicas.forEach(PackagedApplication::awaitReady);
            replicas.forEach(replica -> replica.awaitLine("restored partitions="));

            scene.change(BudgetWorkspace.CHANGE);
            awaitPosts(scene, 40);
            replicas.get(1).kill();
            awaitPosts(scene, 80);
            launch(scene).awaitReady();

            scene.eventually(Duration.ofMinutes(6), () -> assertThat(scene.events("run-finished"))
                    .hasSize(BudgetWorkspace.REPORTS));
            assertThat(scene.brokenPromises()).isEmpty();
            var table = new Table(
                    "Budget of three replicas, counted as a " + counting.name().toLowerCase(Locale.ROOT),
                    "The same change for three replicas. One is killed after 40 POSTs, and another one joins after 80. The"
                            + " reference is the bound for one replica that goes on all the time.");
            BudgetWorkspace.report(scene, Instant.EPOCH, table, "", "");
            table.row(
                    "most calls in any 10 s",
                    CallLog.mostInAnyWindow(scene.sandbox().calls().all(), settings.period()),
                    "≤ 40");
            table.publish();
        }
    }
}
