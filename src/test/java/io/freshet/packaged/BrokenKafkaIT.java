package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.dev.EmbeddedKafka;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.testing.Prompt;
import io.freshet.testing.Proxy;
import io.freshet.testing.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A broker that goes away makes all wait; when it is back, all goes on. */
class BrokenKafkaIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final SandboxSettings SETTINGS =
            SandboxSettings.defaults().withRateLimit(400, Duration.ofSeconds(1));

    private static final Map<String, String> PROMPT =
            Prompt.but(Map.of("freshet.tracking.poll-min", "200ms", "freshet.posting.grace", "2s"));

    @Test
    void shouldGoOnWhenTheBrokerIsBack() {
        var random = Chaos.random("broken-kafka");
        try (var proxy = new Proxy();
                var kafka = EmbeddedKafka.startBehind(proxy.port())) {
            proxy.leadTo(kafka.port());
            try (var scene = Scene.open(SETTINGS, kafka.bootstrapServers())) {
                var traffic = Traffic.with(scene, random, 5, 15);
                var health = scene.start(PROMPT).url().resolve("/q/health/ready");
                assertThat(get(health)).contains("\"brokers\": 1");

                // Shorter than the session and the transaction, longer than the transaction, longer than both.
                for (var pause : new int[] {500, 2_500, 6_000}) {
                    breakOff(scene, proxy, traffic, health, pause, random);
                }

                scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
                assertThat(scene.events("run-finished")).isNotEmpty();
            }
        }
    }

    private static String get(URI address) {
        try {
            return HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** In the middle of the work: a little after runs have begun to be posted. */
    private static void breakOff(Scene scene, Proxy proxy, Traffic traffic, URI health, int millis, Random random) {
        var posts = scene.sandbox().calls().posts().size();
        for (var n = 0; n < 3; n++) {
            traffic.change();
        }
        scene.eventually(
                () -> assertThat(scene.sandbox().calls().posts()).hasSizeGreaterThan(posts + random.nextInt(4)));
        proxy.cut();
        Pause.of(Duration.ofMillis(millis));
        scene.eventually(() -> assertThat(get(health)).contains("broker away: "));
        proxy.mend();
        traffic.change();
    }
}
