package io.freshet.ledger;

import static io.freshet.ledger.CommittedStore.all;
import static io.freshet.ledger.CommittedStore.run;
import static io.freshet.ledger.CommittedStore.settled;
import static io.freshet.ledger.Entries.NOON;
import static io.freshet.ledger.Entries.R1;
import static io.freshet.ledger.Entries.R2;
import static io.freshet.ledger.Entries.R3;
import static io.freshet.ledger.Entries.accepted;
import static io.freshet.ledger.Entries.change;
import static io.freshet.ledger.Entries.ended;
import static io.freshet.ledger.Entries.ids;
import static io.freshet.ledger.Entries.planned;
import static io.freshet.ledger.Entries.posting;
import static io.freshet.ledger.Entries.refs;
import static io.freshet.ledger.Entries.refused;
import static io.freshet.ledger.Entries.rejected;
import static io.freshet.state.Run.Status.FAILED;
import static io.freshet.state.Run.Status.SUCCEEDED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.BatchKey;
import io.freshet.event.ChangeJson;
import io.freshet.event.ChangeOutcome;
import io.freshet.event.ChangeSettled;
import io.freshet.event.Kind;
import io.freshet.event.LeftOut;
import io.freshet.event.NotSucceeded;
import io.freshet.event.RunCounts;
import io.freshet.state.OpenBatch;
import io.freshet.state.Running;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing counts down in storage: the next owner finds out from the reports how far each batch has come. */
class RestoredBatchesTest {

    private static final BatchKey FIRST = new BatchKey("acme", 1);
    private static final NotSucceeded UNKNOWN =
            new NotSucceeded("gone", "dataset", "left_out", "dataset_not_found", null);

    private final CommittedStore store = new CommittedStore();

    @Test
    void shouldReadBackABatchAsItWasPlanned() {
        store.open("a", "b");
        store.commit(planned(
                "acme", List.of("a", "b"), List.of(LeftOut.report("r9", "archived")), List.of(UNKNOWN), R1, R2));
        var live = store.stage(new LedgerEntry.Settle(FIRST));

        var restored = store.batch(1).orElseThrow();

        assertThat(live.isEmpty()).isTrue();
        assertThat(restored.target()).isEqualTo(Entries.TARGET);
        assertThat(restored.changes()).isEqualTo(refs(1, "a", "b"));
        assertThat(restored.members().size()).isEqualTo(2);
        assertThat(restored.members().changedAt(0)).isEqualTo(NOON.minusSeconds(60));
        assertThat(restored.leftOut()).isEqualTo(2);
        assertThat(restored.notFound()).containsExactly(UNKNOWN);
        assertThat(restored.plannedAt()).isEqualTo(NOON);
        assertThat(restored.progress().waiting()).isEqualTo(2);
    }

    @Test
    void shouldFindTheSameCountsAfterEveryStep() {
        store.open("a", "b", "c");
        store.commit(planned("acme", List.of("a"), List.of(), List.of(UNKNOWN), R1, R2, R3));
        assertProgress(1, 3, new RunCounts(0, 0, 0, 0, 0, 1));
        store.commit(posting(R1));
        assertProgress(1, 3, new RunCounts(0, 0, 0, 0, 0, 1));
        store.commit(accepted(R1, "run1"));
        store.commit(planned("acme", "b", R1));
        assertProgress(1, 3, new RunCounts(0, 0, 0, 0, 0, 1));
        assertProgress(2, 1, new RunCounts(0, 0, 0, 0, 0, 0));
        store.commit(ended(R1, FAILED, 5));
        assertProgress(1, 2, new RunCounts(0, 1, 0, 0, 0, 1));
        assertProgress(2, 1, new RunCounts(0, 0, 0, 0, 0, 0));
        store.commit(run(R1, SUCCEEDED, 9));
        assertThat(store.settledIds()).containsExactly("b");
        assertProgress(1, 2, new RunCounts(0, 1, 0, 0, 0, 1));
        store.commit(posting(R2), rejected(R2));
        assertProgress(1, 1, new RunCounts(0, 1, 0, 0, 1, 1));
        store.commit(run(R3, SUCCEEDED, 12));
        assertThat(store.batch(1)).isEmpty();

        assertThat(store.settledIds()).containsExactly("b", "a");
        assertThat(store.settled().get(1).settlement().runs()).isEqualTo(new RunCounts(1, 1, 0, 0, 1, 1));
    }

    private void assertProgress(long number, int waiting, RunCounts runs) {
        var batch = store.batch(number).orElseThrow();
        assertThat(batch.progress().waiting()).isEqualTo(waiting);
        assertThat(batch.progress().runs()).isEqualTo(runs);
    }

    @Test
    void shouldSettleWithWhatEndedBeforeAndAfterARestart() {
        store.open("a");
        store.commit(planned("acme", "a", R1, R2));
        store.commit(run(R1, FAILED, 5));

        assertThat(store.restart()).as("a run is to come").isEmpty();
        store.commit(run(R2, SUCCEEDED, 9));

        assertThat(store.settled()).singleElement().satisfies(one -> {
            assertThat(one.settlement().outcome()).isEqualTo(ChangeOutcome.PARTLY);
            assertThat(one.settlement().runs()).isEqualTo(new RunCounts(1, 1, 0, 0, 0, 0));
            assertThat(one.settlement().notSucceeded())
                    .containsExactly(new NotSucceeded("r1", "report", "failed", "run_failed", "run-r1-5"));
            assertThat(one.settlement().lastSuccess()).contains(NOON.plusSeconds(9));
        });
    }

    @Test
    void shouldNotCountAnEndForABatchThatIsSettledLong() {
        store.open("a", "b");
        store.commit(planned("acme", "a", R1, R2));
        store.commit(run(R1, SUCCEEDED, 5));
        store.commit(run(R2, SUCCEEDED, 6)); // r1's record still holds its end for this batch
        store.commit(planned("acme", "b", R2));

        store.restart();
        store.commit(run(R2, SUCCEEDED, 9));

        assertThat(store.settledIds()).containsExactly("a", "b");
        assertThat(store.settled().get(1).settlement().runs()).isEqualTo(new RunCounts(1, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldKnowWhyARunIsFollowedAfterARestart() {
        store.open("a", "b", "c");
        store.commit(planned("acme", "a", R1));
        store.commit(planned("acme", "b", R1));
        store.commit(posting(R1), accepted(R1, "run1"));
        store.commit(planned("acme", "c", R1));
        var before = store.state(R1);

        store.restart();

        assertThat(store.state(R1)).isEqualTo(before);
        var running = (Running) store.state(R1);
        assertThat(running.request().causes()).isEqualTo(refs(1, "a").and(refs(2, "b")));
        assertThat(running.next())
                .hasValueSatisfying(next -> assertThat(next.causes()).isEqualTo(refs(3, "c")));
    }

    @Test
    void shouldPlanWhatIsOpenAndInNoBatch() {
        store.open("a", "b", "c", "d");
        store.commit(planned("acme", "a", R1));
        store.commit(planned("acme", "b"));
        store.commit(refused("acme", List.of("c")));

        assertThat(store.image().unplanned()).containsExactly(change("acme", "d"));
        assertThat(store.image().changes()).hasSize(2);
    }

    // --- in the middle of settling

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldGoOnTellingWhereTheFormerOwnerStopped(int transactions) {
        var many = ids("load-", 1_201);
        store.open(many);
        store.commit(planned("acme", many, R1));
        var staged = store.commit(run(R1, SUCCEEDED, 5));
        if (transactions == 2) {
            staged = store.commit(CommittedStore.settle(staged));
        }
        assertThat(store.settledIds()).hasSize(500 * transactions);

        var first = store.restart();
        assertThat(first).as("to be written at once").containsExactly(new LedgerEntry.Settle(FIRST));
        var all = store.commitAll(first);

        assertThat(all).hasSize(3 - transactions);
        assertThat(store.settledIds()).as("none twice").containsExactlyInAnyOrderElementsOf(many);
        assertThat(store.settled())
                .extracting(one -> one.settlement().outcome())
                .containsOnly(ChangeOutcome.SUCCEEDED);
        assertThat(store.settled()).extracting(ChangeSettled::batch).containsOnly(FIRST);
        assertThat(store.restart()).isEmpty();
    }

    @Test
    void shouldGoOnWithABatchOfNothingThatWasPlannedWithTheFirstOfItsChanges() {
        var many = ids("load-", 800);
        store.open(many);
        store.commit(planned("acme", many, List.of(LeftOut.report("r9", "archived")), List.of()));

        store.commitAll(store.restart());

        assertThat(store.settledIds()).containsExactlyInAnyOrderElementsOf(many);
        assertThat(store.settled())
                .extracting(one -> one.settlement().outcome())
                .containsOnly(ChangeOutcome.NOTHING_TO_DO);
    }

    @Test
    void shouldGoOnWithWhatIsRefused() {
        var many = ids("load-", 1_201);
        store.open(many);
        store.commit(refused("acme", many));

        store.commitAll(store.restart());

        assertThat(store.settledIds()).containsExactlyInAnyOrderElementsOf(many);
        assertThat(store.settled()).allSatisfy(one -> {
            assertThat(one.settlement().outcome()).isEqualTo(ChangeOutcome.REFUSED);
            assertThat(one.settlement().notSucceeded()).containsExactly(Entries.NOT_FOUND);
        });
    }

    // --- numbers

    @Test
    void shouldGoOnNumberingAfterARestart() {
        store.open("a", "b", "c");
        store.commit(planned("acme", "a", R1));
        store.commit(planned("acme", "b"));
        store.restart();

        store.commit(planned("acme", "c"));

        assertThat(store.planned())
                .extracting(planned -> planned.batch().number())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldGiveNoBatchTheNumberOfOneThatCanNotBeRead() {
        var image = new PartitionImage();
        image.enter(
                new ConsumerRecord<>("freshet-state", 2, 0, "acme/batches/7".getBytes(UTF_8), "{}".getBytes(UTF_8)));
        image.enter(new ConsumerRecord<>(
                "freshet-state",
                2,
                1,
                Entries.key("acme", "a").key().getBytes(UTF_8),
                ChangeJson.write(change("acme", "a"))));
        var own = new StateStore(Entries.PARTITIONS);
        own.open(Entries.ACME, image.restored(10));

        var staged = own.stage(List.of(planned("acme", "a", R1)), Set.of(), NOON);

        assertThat(staged.batches()).containsOnlyKeys(new BatchKey("acme", 8));
    }

    @Test
    void shouldQuarantineAReportOfABatchThatCanNotBeRead() {
        store.open("a");
        store.commit(planned("acme", "a", R1));
        var image = new PartitionImage();
        var key = new StateKey.OfReport(R1);
        image.enter(new ConsumerRecord<>(
                "freshet-state", 2, 0, key.bytes(), ReportStateJson.write(Kind.REPORT, store.state(R1))));

        var restored = image.restored(10);

        assertThat(restored.reports()).isEmpty();
        assertThat(restored.quarantined()).containsExactly("acme/reports/r1");
    }

    @Test
    void shouldReadAReportThoughItsBatchComesLaterInTheLog() {
        store.open("a");
        store.commit(planned("acme", "a", R1));
        var batch = store.batch(1).orElseThrow();
        var image = new PartitionImage();
        image.enter(new ConsumerRecord<>(
                "freshet-state",
                2,
                0,
                new StateKey.OfReport(R1).bytes(),
                ReportStateJson.write(Kind.REPORT, store.state(R1))));
        image.enter(new ConsumerRecord<>(
                "freshet-state", 2, 1, new StateKey.OfBatch(FIRST).bytes(), BatchJson.write(batch)));

        var restored = image.restored(10);

        assertThat(restored.reports()).isEqualTo(Map.of(R1, store.state(R1)));
        assertThat(restored.batches()).isEqualTo(Map.of(FIRST, batch));
        assertThat(Optional.ofNullable(restored.batches().get(FIRST)).map(OpenBatch::isOver))
                .contains(false);
    }

    @Test
    void shouldTellNothingTwiceWhereItIsRestartedAfterEveryTransaction() {
        store.open("a", "b");
        store.commitAll(store.restart());
        store.commit(planned("acme", "a", R1, R2));
        store.commitAll(store.restart());
        store.commit(planned("acme", "b", R2));
        store.commitAll(store.restart());
        store.commit(run(R1, SUCCEEDED, 5));
        store.commitAll(store.restart());
        var last = store.commit(all(run(R2, FAILED, 6)));
        store.commitAll(store.restart());

        assertThat(settled(last)).hasSize(2);
        assertThat(store.settledIds()).containsExactly("a", "b");
        assertThat(store.settled())
                .extracting(one -> one.settlement().outcome())
                .containsExactly(ChangeOutcome.PARTLY, ChangeOutcome.FAILED);
    }
}
