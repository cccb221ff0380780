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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
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

    /** An idle connection that a load balancer gives up just then, and a POST that is never repeated blindly. */
    @ParameterizedTest
    @CsvSource({"BEFORE_REQUEST, 0", "BEFORE_ANSWER, 1"})
    void shouldNotPostAgainOverAConnectionThatDiesUnderThePost(Proxy.Reset reset, int taken) {
        try (var sandbox = Caller.startSandbox();
                var between = new Proxy()) {
            between.leadTo(sandbox.url().getPort());
            var mode = Caller.of(URI.create("http://localhost:" + between.port()), "acme")
                    .mode();
            success(mode.dataset(ORDERS));
            between.resetNext(reset);

            var failure = failure(Caller.post(mode, "001d63d3bebb", ORDERS));

            assertThat(failure.kind()).isEqualTo(Answer.Kind.ANSWER_UNKNOWN);
            assertThat(sandbox.calls().posts()).hasSize(taken);
            assertThat(success(mode.dataset(ORDERS)).token())
                    .as("the next call goes over another")
                    .isEqualTo(ORDERS);
        }
    }

    @Test
    void shouldReadAgainOverAnotherConnectionWhereOneDies() {
        try (var sandbox = Caller.startSandbox();
                var between = new Proxy()) {
            between.leadTo(sandbox.url().getPort());
            var mode = Caller.of(URI.create("http://localhost:" + between.port()), "acme")
                    .mode();
            success(mode.dataset(ORDERS));
            between.resetNext(Proxy.Reset.BEFORE_REQUEST);

            assertThat(success(mode.dataset(ORDERS)).token()).isEqualTo(ORDERS);
        }
    }
}
