package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.dev.EmbeddedKafka;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Prompt;
import io.freshet.testing.Proxy;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A broker that goes away makes all wait; when it is back, all goes on. */
@Order(6) // it takes long, so it begins early
class BrokenKafkaIT {

    private static final Map<String, String> PROMPT =
            Prompt.but(Map.of("freshet.tracking.poll-min", "200ms", "freshet.posting.grace", "2s"));

    /** After so long without the broker, nobody can be sure that others don't have its partitions. */
    private static final Duration MISSED = Duration.ofSeconds(3);

    /** With {@code -Pchaos} longer than a minute, which is what most clients wait for an answer at most. */
    private static final Duration LONG = Duration.ofSeconds(Chaos.rounds() == 0 ? 3 : 70);

    @Test
    void shouldGoOnWhenTheBrokerIsBack() {
        var random = Chaos.random("broken-kafka");
        try (var proxy = new Proxy();
                var kafka = EmbeddedKafka.startBehind(proxy.port())) {
            proxy.leadTo(kafka.port());
            try (var scene = Scene.open(Prompt.MODE, kafka.bootstrapServers())) {
                var traffic = Traffic.with(scene, random, 5, 15);
                var application = scene.start(PROMPT);
                assertThat(application.getManaged("/q/health/ready").body()).contains("\"brokers\": 1");

                // Shorter than the session and the transaction, longer than the transaction, longer than both.
                for (var pause : new int[] {500, 2_500, 6_000}) {
                    breakOff(scene, proxy, traffic, () -> Pause.of(Duration.ofMillis(pause)), random);
                }
                breakOff(scene, proxy, traffic, () -> shouldWaitAndSaySo(application), random);
                scene.eventually(() -> assertThat(
                                application.getManaged("/q/health/ready").statusCode())
                        .isEqualTo(200));

                scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
                assertThat(scene.events("run-finished")).isNotEmpty();

                proxy.cut();
                Pause.of(MISSED);
                assertThat(application.stop()).isEqualTo(143);
            }
        }
    }

    /** It says that it waits, and doesn't try all the time. */
    private static void shouldWaitAndSaySo(PackagedApplication application) {
        Pause.of(MISSED);
        var before = application.cpu();
        Pause.of(LONG);
        var ready = application.getManaged("/q/health/ready");
        assertThat(ready.statusCode())
                .as("%s%n%s", ready.body(), application.log())
                .isEqualTo(503);
        assertThat(ready.body()).contains("broker away: ", "calls to Mode are paused");
        assertThat(application.cpu().minus(before)).isLessThan(LONG.dividedBy(2));
    }

    /** In the middle of the work: a little after runs have begun to be posted. */
    private static void breakOff(Scene scene, Proxy proxy, Traffic traffic, Runnable meanwhile, Random random) {
        var posts = scene.sandbox().calls().posts().size();
        for (var n = 0; n < 3; n++) {
            traffic.change();
        }
        scene.eventually(
                () -> assertThat(scene.sandbox().calls().posts()).hasSizeGreaterThan(posts + random.nextInt(4)));
        proxy.cut();
        meanwhile.run();
        proxy.mend();
        traffic.change();
    }
}
