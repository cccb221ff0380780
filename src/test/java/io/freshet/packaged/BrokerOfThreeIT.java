package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.KafkaCluster;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** One broker of three is killed while changes come in, the one of all that hurts most, and brought back but for the last. */
@Order(2) // it takes long, so it begins early
class BrokerOfThreeIT {

    private static final Map<String, String> PROMPT = Prompt.but(Map.of(
            "freshet.tracking.poll-min", "200ms",
            "freshet.posting.grace", "2s",
            "freshet.ledger.transaction-timeout", "5s",
            "freshet.topics.replication-factor", "3"));

    @Test
    void shouldKeepItsPromisesWhileBrokersDieAndComeBack() {
        try (var kafka = KafkaCluster.start();
                var scene = Scene.open(Prompt.MODE, kafka.bootstrapServers())) {
            try (var traffic = Traffic.with(scene, Chaos.random("broker of three"), 5, 15)) {
                scene.start(PROMPT);
                traffic.every(Duration.ofMillis(300));
                awaitMoreRuns(scene, 10);

                List<IntSupplier> victims = List.of(
                        () -> kafka.transactionCoordinator("freshet-"),
                        () -> kafka.groupCoordinator(scene.topics().name("freshet")),
                        () -> kafka.leader(scene.topics().name("freshet-state"), 0));
                for (var victim : victims.subList(0, 2)) {
                    var broker = victim.getAsInt();
                    kafka.kill(broker);
                    awaitMoreRuns(scene, 5);
                    kafka.bringBack(broker);
                }
                kafka.kill(victims.get(2).getAsInt()); // for good: two of three are enough
                awaitMoreRuns(scene, 5);
            }
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
        }
    }

    /** The work goes on: so many more runs have ended. */
    private static void awaitMoreRuns(Scene scene, int more) {
        var before = scene.events("run-finished").size();
        scene.eventually(() -> assertThat(scene.events("run-finished")).hasSizeGreaterThanOrEqualTo(before + more));
    }
}
