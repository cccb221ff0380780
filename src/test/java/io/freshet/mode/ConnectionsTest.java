package io.freshet.mode;

import static io.freshet.mode.Caller.failure;
import static io.freshet.mode.Caller.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.Proxy;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConnectionsTest {

    private static final String ORDERS = "dbdff5177298";
    private static final Duration PERIOD = Duration.ofSeconds(10);

    @Test
    void shouldKeepAConnectionForLittleLongerThanAPeriod() {
        try (var sandbox = Caller.startSandbox();
                var between = new Proxy()) {
            between.leadTo(sandbox.url().getPort());
            var mode = Caller.of(URI.create("http://localhost:" + between.port()), "acme")
                    .withLimit(40, Duration.ofMillis(100))
                    .mode();

            success(mode.dataset(ORDERS));

            assertThat(between.connections()).isEqualTo(1);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> between.connections() == 0);
        }
    }

    @Test
    void shouldShareConnectionsBetweenWorkspacesOfOneMode() {
        try (var sandbox = Caller.startSandbox();
                var between = new Proxy()) {
            sandbox.beside("umbrella");
            between.leadTo(sandbox.url().getPort());
            var url = URI.create("http://localhost:" + between.port());
            var acme = Caller.of(url, "acme").withLimit(40, PERIOD).mode();
            var umbrella = Caller.of(url, "umbrella").withLimit(40, PERIOD).mode();

            success(acme.dataset(ORDERS));
            failure(umbrella.dataset(ORDERS));

            assertThat(between.connections()).isEqualTo(1);
        }
    }
}
