package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Replicas stand by for one another, and one of them has the whole limit: more of them are no slower. */
@Tag("budget")
class BudgetReplicasBench {

    @ParameterizedTest
    @CsvSource({"1, WINDOW", "3, WINDOW", "5, WINDOW", "1, BUCKET", "3, BUCKET", "5, BUCKET"})
    void anyNumberOfReplicas(int number, RateCounting counting) {
        try (var scene = Scene.open(SandboxSettings.defaults().withCounting(counting))) {
            BudgetWorkspace.fill(scene.sandbox().workspace(), BudgetWorkspace::oneSpace);
            var replicas = Stream.generate(() -> scene.launch(Map.of("freshet.coalesce.quiet", "0s"), "-Xmx160m"))
                    .limit(number)
                    .toList();
            replicas.forEach(PackagedApplication::awaitReady);
            scene.eventually(
                    () -> assertThat(replicas).anyMatch(replica -> replica.log().contains("restored partitions=")));
            var changed = Instant.now();

            scene.change(BudgetWorkspace.CHANGE);

            scene.eventually(Duration.ofMinutes(6), () -> assertThat(scene.events("run-finished"))
                    .hasSize(BudgetWorkspace.REPORTS));
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
            var table = new Table(
                    "Budget of %d replica%s, counted as a %s"
                            .formatted(
                                    number,
                                    number == 1 ? "" : "s",
                                    counting.name().toLowerCase(Locale.ROOT)),
                    "One change of a source with 20 datasets and 200 reports of one Collection, runs of 2 s. The reference"
                            + " is the bound, as above; it is the same for any number of replicas.");
            BudgetWorkspace.report(scene.sandbox(), changed, table, "≤ 1.05", "≤ 1.3");
            table.publish();
        }
    }
}
