package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever gives up waiting must not take the place of others with it. */
class GateTest {

    private final Gate gate = new Gate(
            "acme",
            new Budget(1, Duration.ofMinutes(10)),
            new Circuit(() -> 0),
            Clock.systemUTC(),
            new SimpleMeterRegistry());

    @BeforeEach
    void open() {
        gate.share(1, Instant.EPOCH);
    }

    private Permit granted() {
        return gate.permit(Lane.POST, Instant.EPOCH, "")
                .subscribeAsCompletionStage()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void shouldForgetWhoGaveUpBeforeTheGrant() {
        var permit = granted();
        var impatient = gate.permit(Lane.POST, Instant.EPOCH, "").subscribe().with(never -> {
            throw new AssertionError("granted after all");
        });
        assertThat(gate.use().waiting()).isEqualTo(1);

        impatient.cancel();

        assertThat(gate.use().waiting()).isZero();
        permit.giveBack();
        assertThat(gate.use().free()).isEqualTo(1);
    }

    /** At any moment between the grant and its arrival. */
    @Test
    void shouldTakeBackWhatWasGrantedToWhoGaveUpMeanwhile() {
        for (var n = 0; n < 500; n++) {
            gate.permit(Lane.POST, Instant.EPOCH, "")
                    .subscribe()
                    .with(Permit::giveBack)
                    .cancel();
        }

        assertThat(granted()).isNotNull();
    }
}
