package io.freshet.ledger;

import static io.freshet.ledger.CommittedStore.all;
import static io.freshet.ledger.CommittedStore.ids;
import static io.freshet.ledger.CommittedStore.run;
import static io.freshet.ledger.CommittedStore.settled;
import static io.freshet.ledger.Entries.R1;
import static io.freshet.ledger.Entries.R2;
import static io.freshet.ledger.Entries.adopted;
import static io.freshet.ledger.Entries.ended;
import static io.freshet.ledger.Entries.ids;
import static io.freshet.ledger.Entries.plannedAtNoon;
import static io.freshet.ledger.Entries.posting;
import static io.freshet.state.Run.Status.FAILED;
import static io.freshet.state.Run.Status.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.BatchKey;
import io.freshet.event.ChangeSettled;
import io.freshet.event.DataFreshness;
import io.freshet.event.LeftOut;
import io.freshet.event.ReportKey;
import io.freshet.state.OpenBatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A batch whose runs have ended is settled when it is known whether its datasets are fresh, and each change of it once. */
class ProvedBatchesTest {

    private static final BatchKey FIRST = new BatchKey("acme", 1);
    private static final int MANY = 2 * SettleChanges.MOST + 1;

    private final CommittedStore store = new CommittedStore();

    private void plan(List<String> changes, ReportKey... reports) {
        store.open(changes);
        store.commit(plannedAtNoon(changes, List.of(), reports));
    }

    private static LedgerEntry proved(DataFreshness data) {
        return new LedgerEntry.Proved(FIRST, data);
    }

    private List<DataFreshness> told() {
        return store.settled().stream().map(one -> one.settlement().data()).toList();
    }

    private static List<BatchKey> unproved(StagedTransaction staged) {
        return staged.unproved().stream().map(OpenBatch::key).toList();
    }

    @Test
    void shouldStayOpenUntilItIsProved() {
        plan(List.of("a"), R1, R2);

        assertThat(unproved(store.commit(run(R1, SUCCEEDED, 5)))).isEmpty();
        assertThat(unproved(store.commit(run(R2, SUCCEEDED, 9)))).containsExactly(FIRST);
        assertThat(store.settledIds()).isEmpty();
        assertThat(store.batch(1)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(DataFreshness.class)
    void shouldBeSettledWithWhatWasFoundOut(DataFreshness data) {
        plan(List.of("a", "b"), R1);
        store.commit(run(R1, SUCCEEDED, 5));

        var staged = store.commit(proved(data));

        assertThat(ids(settled(staged))).containsExactlyInAnyOrder("a", "b");
        assertThat(told()).containsOnly(data);
        assertThat(store.batch(1)).isEmpty();
    }

    @Test
    void shouldBeSettledOnceThoughItIsProvedTwice() {
        plan(List.of("a"), R1);
        store.commit(run(R1, SUCCEEDED, 5));

        store.commit(proved(DataFreshness.STALE), proved(DataFreshness.UNKNOWN));
        store.commit(proved(DataFreshness.UNKNOWN));

        assertThat(told()).containsExactly(DataFreshness.STALE);
    }

    @Test
    void shouldNotBeSettledBeforeItsRunsHaveEnded() {
        plan(List.of("a"), R1, R2);
        store.commit(run(R1, SUCCEEDED, 5));

        store.commit(proved(DataFreshness.STALE));

        assertThat(store.settledIds()).isEmpty();
        assertThat(unproved(store.commit(run(R2, SUCCEEDED, 9)))).containsExactly(FIRST);
    }

    @Test
    void shouldBeToldAgainToTheNextOwner() {
        plan(List.of("a"), R1);
        store.commit(run(R1, SUCCEEDED, 5));

        var found = store.commit(store.restart());

        assertThat(unproved(found)).containsExactly(FIRST);
        assertThat(store.settledIds()).isEmpty();

        store.commit(proved(DataFreshness.UNKNOWN));
        assertThat(store.settledIds()).containsExactly("a");
    }

    // --- more changes than one transaction tells

    @Test
    void shouldTellAllOfManyChangesTheSame() {
        plan(ids("a", MANY), R1);
        store.commit(run(R1, SUCCEEDED, 5));

        store.commitAll(proved(DataFreshness.STALE));

        assertThat(told()).hasSize(MANY).containsOnly(DataFreshness.STALE);
        assertThat(store.settledIds()).doesNotHaveDuplicates();
    }

    @Test
    void shouldTellTheRestTheSameAfterARestart() {
        plan(ids("a", MANY), R1);
        store.commit(run(R1, SUCCEEDED, 5));
        store.commit(proved(DataFreshness.STALE));
        assertThat(told()).hasSize(SettleChanges.MOST);

        var transactions = store.commitAll(store.restart());

        assertThat(transactions).allSatisfy(one -> assertThat(one.unproved()).isEmpty());
        assertThat(told()).hasSize(MANY).containsOnly(DataFreshness.STALE);
        assertThat(store.settledIds()).doesNotHaveDuplicates();
    }

    @Test
    void shouldNotChangeItsMindBetweenTwoPages() {
        plan(ids("a", MANY), R1);
        store.commit(run(R1, SUCCEEDED, 5));
        var first = store.commit(proved(DataFreshness.STALE));

        store.commit(proved(DataFreshness.UNKNOWN));
        store.commitAll(CommittedStore.settle(first));

        assertThat(told()).hasSize(MANY).containsOnly(DataFreshness.STALE);
    }

    // --- what needs no proof

    @Test
    void shouldBeFreshAtOnceIfItsDatasetsWereFreshAlready() {
        store.open("a");
        store.commit(plannedAtNoon(List.of("a"), List.of(LeftOut.dataset("d1", LeftOut.ALREADY_FRESH)), R1));

        var last = store.commit(run(R1, SUCCEEDED, 5));

        assertThat(unproved(last)).isEmpty();
        assertThat(settled(last)).extracting(ChangeSettled::change).hasSize(1);
        assertThat(told()).containsExactly(DataFreshness.FRESH);
    }

    @Test
    void shouldBeFreshAtOnceAfterARestart() {
        store.open("a");
        store.commit(all(
                new LedgerEntry[] {
                    plannedAtNoon(List.of("a"), List.of(LeftOut.dataset("d1", LeftOut.ALREADY_FRESH)), R1, R2)
                },
                run(R1, SUCCEEDED, 5)));

        store.commit(store.restart());
        store.commit(run(R2, SUCCEEDED, 9));

        assertThat(told()).containsExactly(DataFreshness.FRESH);
    }

    @Test
    void shouldRememberOverARestartThatARunWasFound() {
        store.open("a");
        store.commit(
                plannedAtNoon(List.of("a"), List.of(LeftOut.dataset("d1", LeftOut.ALREADY_FRESH)), R1, R2),
                posting(R1),
                adopted(R1, "run1"),
                ended(R1, SUCCEEDED, 5));

        store.commit(store.restart());
        store.commit(run(R2, SUCCEEDED, 9));

        assertThat(told()).containsExactly(DataFreshness.UNKNOWN);
    }

    @Test
    void shouldNotAskIfARunFailedAndNoDatasetIsDoubtful() {
        store.open("a");
        store.commit(plannedAtNoon(List.of("a"), List.of(LeftOut.dataset("d1", LeftOut.ALREADY_FRESH)), R1));

        store.commit(run(R1, FAILED, 5));

        assertThat(told()).containsExactly(DataFreshness.UNKNOWN);
    }

    @Test
    void shouldNotAskForAPlanWithoutReports() {
        store.open("a");
        store.commit(plannedAtNoon(List.of("a"), List.of(LeftOut.report("r9", "archived"))));

        assertThat(told()).containsExactly(DataFreshness.UNKNOWN);
    }
}
