package io.freshet.mode;

import static io.freshet.mode.Caller.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.Proxy;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IdleConnectionsTest {

    private static final String ORDERS = "dbdff5177298";

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
}
