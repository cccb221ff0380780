package io.freshet.ledger;

import static io.freshet.ledger.CommittedStore.run;
import static io.freshet.ledger.Entries.R1;
import static io.freshet.ledger.Entries.R2;
import static io.freshet.ledger.Entries.planned;
import static io.freshet.state.Run.Status.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ChangeOutcome;
import io.freshet.event.LeftOut;
import io.freshet.event.NotSucceeded;
import io.freshet.event.ReportKey;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A report whose record is larger than its topic takes is left out of a plan, and the others are run. */
class TooLargeReportsTest {

    private static final NotSucceeded TOO_LARGE = new NotSucceeded("r1", "report", "left_out", "too_large", null);

    private final CommittedStore store = new CommittedStore();

    /** As if the log had refused the report's record when the plan was written as the first entry. */
    private StagedTransaction planWithout(ReportKey... reports) {
        store.open("a");
        return store.commitWithout(Set.of(Origin.of(0).of(R1)), planned("acme", "a", reports));
    }

    @Test
    void shouldLeaveOutThatReportAndPlanTheOthers() {
        var staged = planWithout(R1, R2);

        assertThat(staged.results().get(0).failure()).isNull();
        assertThat(store.state(R1).isAtRest()).isTrue();
        assertThat(store.planned().get(0).reports()).containsExactly("r2");
        assertThat(store.planned().get(0).leftOut()).containsExactly(LeftOut.report("r1", "too_large"));
    }

    @Test
    void shouldTellWhyTheChangeDidNotSucceedForIt() {
        planWithout(R1, R2);

        store.commit(store.restart());
        store.commit(run(R2, SUCCEEDED, 5));

        assertThat(store.settled()).singleElement().satisfies(settled -> {
            assertThat(settled.settlement().outcome()).isEqualTo(ChangeOutcome.PARTLY);
            assertThat(settled.settlement().notSucceeded()).containsExactly(TOO_LARGE);
        });
    }

    @Test
    void shouldSettleAtOnceWhereNoOtherIsLeft() {
        planWithout(R1);

        assertThat(store.settled()).singleElement().satisfies(settled -> {
            assertThat(settled.settlement().outcome()).isEqualTo(ChangeOutcome.FAILED);
            assertThat(settled.settlement().notSucceeded()).containsExactly(TOO_LARGE);
        });
    }
}
