package io.freshet.ledger;

import static io.freshet.ledger.CommittedStore.run;
import static io.freshet.ledger.Entries.ACME;
import static io.freshet.ledger.Entries.R1;
import static io.freshet.ledger.Entries.R2;
import static io.freshet.ledger.Entries.change;
import static io.freshet.ledger.Entries.planned;
import static io.freshet.ledger.Entries.posting;
import static io.freshet.ledger.Entries.refused;
import static io.freshet.state.Run.Status.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ReportKey;
import io.freshet.state.ReportState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What nobody needs any more goes, and nothing else does. */
class ForgetOldTest {

    private static final Duration REMEMBER = Duration.ofDays(7);

    private final CommittedStore store = new CommittedStore();

    private StagedTransaction forget() {
        return store.commit(new LedgerEntry.Forget(ACME, store.now().minus(REMEMBER)));
    }

    /** A change that is planned and settles with a run of the report. */
    private void live(String id, ReportKey report) {
        store.open(id);
        store.commit(planned("acme", id, report));
        store.commit(run(report, SUCCEEDED, 5));
    }

    @Test
    void shouldForgetABatchThatSettledLongAgo() {
        live("a", R1);
        live("b", R1);
        store.pass(REMEMBER.plusSeconds(10));

        forget();

        assertThat(store.keys())
                .as("the newest batch stays, as the next one counts from it")
                .containsExactly("acme/batches/2");
    }

    @Test
    void shouldRememberWhatSettledLately() {
        live("a", R1);
        live("b", R1);
        store.pass(REMEMBER.plusSeconds(5)); // since the runs ended

        var staged = forget();

        assertThat(staged.isEmpty()).isTrue();
        assertThat(store.keys()).contains("acme/batches/1", "acme/batches/2", "acme/reports/r1");
    }

    @Test
    void shouldTakeAChangeAgainThatIsForgotten() {
        live("a", R1);
        live("b", R1);
        store.pass(REMEMBER.plusSeconds(10));
        forget();

        store.open("a", "b");

        assertThat(store.image().unplanned()).containsExactly(change("acme", "a"));
        store.commit(planned("acme", "a", R1));
        store.commit(run(R1, SUCCEEDED, 5));
        assertThat(store.settledIds()).containsExactly("a", "b", "a");
    }

    @Test
    void shouldForgetTheSameAfterARestart() {
        live("a", R1);
        live("b", R2);
        store.pass(REMEMBER.plusSeconds(10));
        store.restart();

        forget();
        store.restart();
        store.open("a", "b");

        assertThat(store.image().unplanned()).containsExactly(change("acme", "a"));
    }

    @Test
    void shouldGoOnNumberingThoughAllIsForgotten() {
        for (var day = 0; day < 3; day++) {
            live("a" + day, R1);
            store.pass(REMEMBER.plusSeconds(10));
            forget();
        }
        store.restart();

        live("b", R1);

        assertThat(store.planned())
                .extracting(planned -> planned.batch().number())
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(store.keys()).contains("acme/batches/3", "acme/batches/4");
        forget();
        assertThat(store.keys()).as("it is the newest no longer").doesNotContain("acme/batches/3");
    }

    @Test
    void shouldGoOnNumberingFromABatchThatWasRefused() {
        live("a", R1);
        store.open("b");
        store.commit(refused("acme", List.of("b")));
        store.pass(REMEMBER.plusSeconds(10));
        forget();
        store.restart();

        live("c", R1);

        assertThat(store.planned())
                .extracting(planned -> planned.batch().number())
                .containsExactly(1L, 3L);
    }

    // --- reports

    @Test
    void shouldForgetAReportThatIsSettledForLong() {
        live("a", R1);
        store.pass(REMEMBER.plusSeconds(10));
        store.open("b");
        store.commit(planned("acme", "b", R2));

        var staged = forget();

        assertThat(store.state(R1)).isEqualTo(ReportState.unknown());
        assertThat(store.state(R2).name()).isEqualTo("waiting");
        assertThat(staged.reports()).containsOnlyKeys(R1);
        assertThat(store.image().reports()).containsOnlyKeys(R2);
    }

    /** It says how the report has ended for a batch that waits for another one. */
    @Test
    void shouldKeepAReportThatAnOpenBatchCountsOn() {
        store.open("a");
        store.commit(planned("acme", "a", R1, R2));
        store.commit(run(R1, SUCCEEDED, 5));
        store.pass(REMEMBER.multipliedBy(3));

        var staged = forget();
        store.restart();
        store.commit(run(R2, SUCCEEDED, 9));

        assertThat(staged.isEmpty()).isTrue();
        assertThat(store.settled()).singleElement().satisfies(one -> assertThat(
                        one.settlement().runs().succeeded())
                .isEqualTo(2));
    }

    @Test
    void shouldForgetAReportWhoseEndsAreForBatchesThatAreSettled() {
        store.open("a");
        store.commit(planned("acme", "a", R1, R2));
        store.commit(run(R1, SUCCEEDED, 5));
        store.commit(run(R2, SUCCEEDED, 6)); // r1 holds its end for that batch still
        store.pass(REMEMBER.plusSeconds(10));

        forget();

        assertThat(store.image().reports()).isEmpty();
    }

    @Test
    void shouldKeepAReportThatMovesInTheSameTransaction() {
        live("a", R1);
        store.pass(REMEMBER.plusSeconds(10));
        store.open("b");

        store.commit(
                planned("acme", "b", R1),
                new LedgerEntry.Forget(ACME, store.now().minus(REMEMBER)));

        assertThat(store.state(R1).name()).isEqualTo("waiting");
        assertThat(store.image().reports()).containsOnlyKeys(R1);
    }

    @Test
    void shouldPlanAReportThatIsForgottenInTheSameTransaction() {
        live("a", R1);
        live("b", R1);
        store.pass(REMEMBER.plusSeconds(10));
        store.open("c");

        store.commit(new LedgerEntry.Forget(ACME, store.now().minus(REMEMBER)), planned("acme", "c", R1), posting(R1));

        assertThat(store.state(R1).name()).isEqualTo("posting");
        assertThat(store.image().reports()).isEqualTo(Map.of(R1, store.state(R1)));
        store.restart();
        assertThat(store.state(R1).carried()).containsExactly(3L);
    }

    // --- how much

    @Test
    void shouldTakeAwayNoMoreThanATransactionMay() {
        var many = IntStream.range(0, 1_200).mapToObj(n -> "load-" + n).toList();
        store.open(many);
        for (var id : many) {
            store.commit(planned("acme", id));
        }
        store.pass(REMEMBER.plusSeconds(10));

        var sizes = IntStream.range(0, 4).map(time -> forget().saved().size()).toArray();

        assertThat(sizes).containsExactly(500, 500, 199, 0);
        assertThat(store.keys()).containsExactly("acme/batches/1200");
    }

    @Test
    void shouldTouchNoOtherPartition() {
        live("a", R1);
        store.pass(REMEMBER.plusSeconds(10));

        var staged = store.commit(new LedgerEntry.Forget(Entries.GLOBEX, store.now()));

        assertThat(staged.isEmpty()).isTrue();
    }
}
