package io.freshet.state;

import static io.freshet.state.Samples.NOON;
import static io.freshet.state.Samples.changes;
import static io.freshet.state.Samples.remembering;
import static io.freshet.state.Samples.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettledTest {

    private final Settled settled = new Settled(remembering(1, 2), NOON);

    @Test
    void shouldHaveNothingToDo() {
        assertThat(settled.step()).isEmpty();
        assertThat(settled.name()).isEqualTo("settled");
    }

    @Test
    void shouldWaitForARunOnceAWishComes() {
        var after = settled.merge(request("d1", 3));

        assertThat(after).isEqualTo(new Waiting(request("d1", 3), NOON, Attempts.NONE, remembering(1, 2)));
    }

    @Test
    void shouldBeTheVerySameWhereItHasComeToItsEndForTheBatch() {
        assertThat(settled.merge(request("d1,d2", 2))).isSameAs(settled);
        assertThat(settled.merge(request("d1", 1))).isSameAs(settled);
    }

    @Test
    void shouldBeDueAtOnceWhateverTheClockOfWhoAsked() {
        var fromTheFuture = new RefreshRequest(Samples.datasets("d1"), changes(3), NOON.plus(Duration.ofDays(365)));

        var after = settled.merge(fromTheFuture);

        assertThat(after.step().orElseThrow().due()).isEqualTo(NOON);
    }

    @Test
    void shouldBeWhereAnUnknownReportStands() {
        var unknown = ReportState.unknown();

        assertThat(unknown.step()).isEmpty();
        assertThat(unknown.merge(request("d1", 1)).name()).isEqualTo("waiting");
    }
}
