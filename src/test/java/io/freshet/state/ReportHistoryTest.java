package io.freshet.state;

import static io.freshet.state.Samples.GOOD;
import static io.freshet.state.Samples.NOON;
import static io.freshet.state.Samples.changes;
import static io.freshet.state.Samples.remembering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.event.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReportHistoryTest {

    private static final ReportOutcome FAILED = new ReportOutcome(Outcome.FAILED, NOON, "run1", null);

    @Test
    void shouldRememberTheEndForEveryBatchThatTheRunCarried() {
        var history = remembering(1).ended(changes(5, 6), FAILED);

        assertThat(history.outcomes())
                .containsOnlyKeys(1L, 5L, 6L)
                .containsEntry(1L, GOOD)
                .containsEntry(5L, FAILED)
                .containsEntry(6L, FAILED);
        assertThat(history.lastOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(history.lastRun()).isEqualTo("earlier");
        assertThat(history.executedBy()).isEqualTo("freshet");
        assertThat(history.runtime()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void shouldBeKnownByTheNameThatModeShowedLast() {
        var history = remembering(1).named(Optional.of("Sales")).named(Optional.of("Sales, daily"));

        assertThat(history.name()).contains("Sales, daily");
        assertThat(history.named(Optional.empty())).as("Mode didn't say").isSameAs(history);
        assertThat(history.ended(changes(5), FAILED).counting(batch -> false).name())
                .contains("Sales, daily");
    }

    @Test
    void shouldForgetTheEndForABatchThatIsSettledAndNothingElse() {
        var history = remembering(1, 2, 3).counting(batch -> batch == 2);

        assertThat(history).isEqualTo(remembering(2));
    }

    @Test
    void shouldBeTheVerySameWhereAllItsBatchesAreOpen() {
        var history = remembering(1, 2);

        assertThat(history.counting(batch -> true)).isSameAs(history);
        assertThat(ReportHistory.EMPTY.counting(batch -> false)).isSameAs(ReportHistory.EMPTY);
    }

    @Test
    void shouldBeChangedByNobody() {
        var outcomes = new TreeMap<Long, ReportOutcome>();
        outcomes.put(1L, GOOD);
        var history = new ReportHistory(outcomes, null, null, null, null);

        outcomes.put(2L, FAILED);

        assertThat(history.outcomes()).containsOnlyKeys(1L);
        assertThatThrownBy(() -> history.outcomes().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
