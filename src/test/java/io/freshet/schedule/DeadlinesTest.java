package io.freshet.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ReportKey;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ReportKey R1 = new ReportKey("acme", "r1");
    private static final ReportKey R2 = new ReportKey("acme", "r2");
    private static final ReportKey R3 = new ReportKey("globex", "r3");

    private final Deadlines deadlines = new Deadlines();

    @Test
    void shouldHandOutWhatIsDueOnce() {
        set(R1, 5);
        set(R2, 0);
        set(R3, 9);

        assertThat(deadlines.next()).contains(NOON);
        assertThat(deadlines.take(NOON.plusSeconds(5))).containsExactly(R2, R1);
        assertThat(deadlines.take(NOON.plusSeconds(5))).isEmpty();
        assertThat(deadlines.next()).contains(NOON.plusSeconds(9));
    }

    @Test
    void shouldKnowOneDeadlinePerReport() {
        set(R1, 0);
        set(R2, 0);
        set(R1, 7);
        deadlines.set(R2, Optional.empty());

        assertThat(deadlines.next()).contains(NOON.plusSeconds(7));
        assertThat(deadlines.take(NOON.plusSeconds(60))).containsExactly(R1);
        assertThat(deadlines.next()).isEmpty();
    }

    @Test
    void shouldForgetTheWorkspacesThatHaveGone() {
        set(R1, 0);
        set(R3, 5);

        deadlines.forget("acme"::equals);

        assertThat(deadlines.take(NOON.plusSeconds(60))).containsExactly(R3);
    }

    private void set(ReportKey report, int second) {
        deadlines.set(report, Optional.of(NOON.plusSeconds(second)));
    }
}
