package io.freshet.ledger;

import static io.freshet.ledger.CommittedStore.all;
import static io.freshet.ledger.CommittedStore.ids;
import static io.freshet.ledger.CommittedStore.run;
import static io.freshet.ledger.CommittedStore.settle;
import static io.freshet.ledger.CommittedStore.settled;
import static io.freshet.ledger.Entries.NOT_FOUND;
import static io.freshet.ledger.Entries.R1;
import static io.freshet.ledger.Entries.R2;
import static io.freshet.ledger.Entries.R3;
import static io.freshet.ledger.Entries.accepted;
import static io.freshet.ledger.Entries.adopted;
import static io.freshet.ledger.Entries.change;
import static io.freshet.ledger.Entries.ended;
import static io.freshet.ledger.Entries.ids;
import static io.freshet.ledger.Entries.key;
import static io.freshet.ledger.Entries.planned;
import static io.freshet.ledger.Entries.posting;
import static io.freshet.ledger.Entries.refs;
import static io.freshet.ledger.Entries.refused;
import static io.freshet.ledger.Entries.rejected;
import static io.freshet.state.Run.Status.CANCELLED;
import static io.freshet.state.Run.Status.FAILED;
import static io.freshet.state.Run.Status.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.BatchKey;
import io.freshet.event.ChangeOutcome;
import io.freshet.event.ChangePlanned;
import io.freshet.event.ChangeSettled;
import io.freshet.event.LeftOut;
import io.freshet.event.NotSucceeded;
import io.freshet.event.ReportKey;
import io.freshet.event.RunCounts;
import io.freshet.state.Posting;
import io.freshet.state.Run;
import io.freshet.state.Running;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of changes: each is told as settled exactly once, with the last end that it waits for. */
class SettledChangesTest {

    private static final BatchKey FIRST = new BatchKey("acme", 1);
    private static final BatchKey SECOND = new BatchKey("acme", 2);

    private final CommittedStore store = new CommittedStore();

    /** The changes have come, and are planned together. */
    private StagedTransaction plan(List<String> ids, ReportKey... reports) {
        store.open(ids);
        return store.commit(planned("acme", ids, reports));
    }

    private ChangeSettled onlySettled() {
        assertThat(store.settled()).hasSize(1);
        return store.settled().get(0);
    }

    // --- a batch

    @Test
    void shouldTellWhatIsPlannedAndSettleNothingYet() {
        var staged = plan(List.of("a", "b"), R1, R2);

        assertThat(store.toldOfBatches())
                .containsExactly(new ChangePlanned(
                        FIRST,
                        Entries.TARGET,
                        refs(1, "a", "b"),
                        List.of("d1"),
                        List.of("r1", "r2"),
                        List.of(),
                        List.of(),
                        false,
                        Map.of(),
                        Map.of(),
                        store.now()));
        assertThat(staged.unfinished()).isEmpty();
        assertThat(store.keys())
                .containsExactlyInAnyOrder(
                        key("acme", "a").key(),
                        key("acme", "b").key(),
                        "acme/batches/1",
                        "acme/reports/r1",
                        "acme/reports/r2");
    }

    @Test
    void shouldKeepTheNamesOfWhatIsPlanned() {
        store.open(List.of("a"));
        store.commit(Entries.named(planned("acme", List.of("a"), R1, R2), Map.of("r1", "Sales, daily")));

        var run = store.commit(run(R1, SUCCEEDED, 5));

        assertThat(name(R1)).as("what the next owner reads back").contains("Sales, daily");
        assertThat(name(R2)).isEmpty();
        assertThat(run.told())
                .extracting(told -> told.what().name())
                .containsExactly(Optional.of("Sales, daily"), Optional.of("Sales, daily"));
    }

    private Optional<String> name(ReportKey report) {
        return Objects.requireNonNull(store.image().reports().get(report))
                .memory()
                .name();
    }

    @Test
    void shouldSettleEachChangeInTheTransactionOfTheLastEnd() {
        plan(List.of("a", "b"), R1, R2);

        var first = store.commit(run(R1, SUCCEEDED, 5));
        var last = store.commit(run(R2, SUCCEEDED, 9));

        assertThat(settled(first)).isEmpty();
        assertThat(ids(settled(last))).containsExactlyInAnyOrder("a", "b");
        assertThat(last.told()).as("with that very end").hasSize(2);
        assertThat(last.unfinished()).isEmpty();
        assertThat(store.keys())
                .as("the changes are no longer open, and the batch is remembered")
                .containsExactlyInAnyOrder("acme/batches/1", "acme/reports/r1", "acme/reports/r2");
    }

    @Test
    void shouldSettleOnceThoughAllOfItHappensInOneTransaction() {
        store.open("a");

        store.commit(
                all(new LedgerEntry[] {planned("acme", "a", R1, R2)}, run(R1, SUCCEEDED, 5), run(R2, SUCCEEDED, 9)));

        assertThat(store.settledIds()).containsExactly("a");
        assertThat(store.batch(1)).isEmpty();
        assertThat(store.keys()).doesNotContain(key("acme", "a").key());
    }

    @Test
    void shouldTellOfEachChangeItsOwn() {
        plan(List.of("a"), R1);

        store.pass(Duration.ofSeconds(30));
        store.commit(run(R1, SUCCEEDED, 9));

        assertThat(onlySettled().batch()).isEqualTo(FIRST);
        assertThat(onlySettled().change()).isEqualTo(change("acme", "a").ref());
        assertThat(onlySettled().settlement().settledAt()).isEqualTo(store.now());
        assertThat(onlySettled().freshness()).contains(Duration.ofSeconds(69));
    }

    // --- outcomes

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, SUCCEEDED, SUCCEEDED, 2, 0, 0",
        "SUCCEEDED, FAILED, PARTLY, 1, 1, 0",
        "CANCELLED, SUCCEEDED, PARTLY, 1, 0, 1",
        "FAILED, CANCELLED, FAILED, 0, 1, 1"
    })
    void shouldTellHowTheRunsEnded(
            Run.Status one, Run.Status other, ChangeOutcome outcome, int succeeded, int failed, int cancelled) {
        plan(List.of("a"), R1, R2);

        store.commit(run(R1, one, 5));
        store.commit(run(R2, other, 9));

        var settlement = onlySettled().settlement();
        assertThat(settlement.outcome()).isEqualTo(outcome);
        assertThat(settlement.runs()).isEqualTo(new RunCounts(succeeded, failed, cancelled, 0, 0, 0));
        assertThat(settlement.notSucceeded()).hasSize(failed + cancelled);
    }

    @Test
    void shouldCountARejectionAsAnEnd() {
        plan(List.of("a"), R1, R2);

        store.commit(run(R1, SUCCEEDED, 5));
        var last = store.commit(posting(R2), rejected(R2));

        assertThat(settled(last)).hasSize(1);
        assertThat(onlySettled().settlement().outcome()).isEqualTo(ChangeOutcome.PARTLY);
        assertThat(onlySettled().settlement().runs()).isEqualTo(new RunCounts(1, 0, 0, 0, 1, 0));
        assertThat(onlySettled().settlement().notSucceeded())
                .containsExactly(new NotSucceeded("r2", "report", "rejected", "report_not_found", null));
    }

    @Test
    void shouldSettleWithTheEndOfARunThatWasAdopted() {
        plan(List.of("a"), R1);

        store.commit(posting(R1), adopted(R1, "ours"));
        assertThat(store.settled()).isEmpty();
        store.commit(ended(R1, SUCCEEDED, 9));

        assertThat(onlySettled().settlement().outcome()).isEqualTo(ChangeOutcome.SUCCEEDED);
    }

    @Test
    void shouldSettleAtOnceWhereThereIsNothingToDo() {
        var leftOut = List.of(LeftOut.report("r7", "archived"), LeftOut.dataset("d7", "archived"));
        store.open("a", "b");

        var staged = store.commit(planned("acme", List.of("a", "b"), leftOut, List.of()));

        assertThat(ids(settled(staged))).containsExactlyInAnyOrder("a", "b");
        assertThat(store.planned()).singleElement().satisfies(planned -> assertThat(planned.leftOut())
                .isEqualTo(leftOut));
        var settlement = store.settled().get(0).settlement();
        assertThat(settlement.outcome()).isEqualTo(ChangeOutcome.NOTHING_TO_DO);
        assertThat(settlement.runs()).isEqualTo(RunCounts.leftOut(2));
        assertThat(store.settled().get(0).freshness()).isEmpty();
        assertThat(store.keys()).containsExactly("acme/batches/1");
    }

    @Test
    void shouldTellOfTheDatasetThatModeDoesNotKnow() {
        var unknown = new NotSucceeded("gone", "dataset", "left_out", "dataset_not_found", null);
        store.open("a");
        store.commit(planned("acme", List.of("a"), List.of(), List.of(unknown), R1));

        store.commit(run(R1, SUCCEEDED, 5));

        assertThat(store.planned().get(0).leftOut()).containsExactly(LeftOut.dataset("gone", "dataset_not_found"));
        assertThat(onlySettled().settlement().outcome()).isEqualTo(ChangeOutcome.PARTLY);
        assertThat(onlySettled().settlement().notSucceeded()).containsExactly(unknown);
    }

    @Test
    void shouldLeaveOutAReportThatIsQuarantined() {
        var own = new StateStore(Entries.PARTITIONS);
        own.open(
                Entries.ACME,
                Entries.restored(
                        Map.of(), Map.of(key("acme", "a"), change("acme", "a")), Set.of("acme/reports/r2"), 10));

        var plan = own.stage(List.of(planned("acme", "a", R1, R2)), Set.of(), Entries.NOON);
        own.apply(plan);
        var end = own.stage(List.of(run(R1, SUCCEEDED, 5)), Set.of(), Entries.NOON);

        assertThat(plan.reports()).containsOnlyKeys(R1);
        assertThat(plan.toldOfBatches()).singleElement().satisfies(told -> {
            var planned = (ChangePlanned) told.what();
            assertThat(planned.reports()).containsExactly("r1");
            assertThat(planned.leftOut()).containsExactly(LeftOut.report("r2", "quarantined"));
        });
        assertThat(settled(end)).singleElement().satisfies(one -> {
            assertThat(one.settlement().runs()).isEqualTo(new RunCounts(1, 0, 0, 0, 0, 1));
            assertThat(one.settlement().outcome()).isEqualTo(ChangeOutcome.PARTLY);
            assertThat(one.settlement().notSucceeded())
                    .containsExactly(new NotSucceeded("r2", "report", "left_out", "quarantined", null));
        });
    }

    @Test
    void shouldSettleWhatIsRefusedAtOnce() {
        store.open("a", "b");

        var staged = store.commit(refused("acme", List.of("a", "b")));

        assertThat(ids(settled(staged))).containsExactlyInAnyOrder("a", "b");
        assertThat(store.planned()).as("it was never planned").isEmpty();
        var settlement = store.settled().get(0).settlement();
        assertThat(settlement.outcome()).isEqualTo(ChangeOutcome.REFUSED);
        assertThat(settlement.notSucceeded()).containsExactly(NOT_FOUND);
        assertThat(settlement.runs()).isEqualTo(RunCounts.leftOut(0));
        assertThat(store.keys()).containsExactly("acme/batches/1");
    }

    // --- several batches on one report

    @Test
    void shouldSettleBothWithTheOneRunWhereTheReportStillWaited() {
        plan(List.of("a"), R1);
        plan(List.of("b"), R1);

        store.commit(run(R1, SUCCEEDED, 5));

        assertThat(store.told()).as("one run").hasSize(2);
        assertThat(store.settled()).extracting(ChangeSettled::batch).containsExactly(FIRST, SECOND);
        assertThat(store.settledIds()).containsExactly("a", "b");
    }

    @Test
    void shouldSettleTheLaterWithTheFollowUpWhereTheReportWasRunning() {
        plan(List.of("a"), R1);
        store.commit(posting(R1), accepted(R1, "run1"));
        plan(List.of("b"), R1);

        store.commit(ended(R1, FAILED, 5));
        assertThat(store.settledIds()).as("that run says nothing of b").containsExactly("a");
        store.commit(run(R1, SUCCEEDED, 9));

        assertThat(store.settledIds()).containsExactly("a", "b");
        assertThat(store.settled())
                .extracting(one -> one.settlement().outcome())
                .containsExactly(ChangeOutcome.FAILED, ChangeOutcome.SUCCEEDED);
    }

    @Test
    void shouldSettleTheLaterWithTheFollowUpWhereThePostWasOnItsWay() {
        plan(List.of("a"), R1);
        store.commit(posting(R1));
        plan(List.of("b"), R1);
        plan(List.of("c"), R1);

        store.commit(accepted(R1, "run1"), ended(R1, SUCCEEDED, 5));
        assertThat(store.settledIds()).containsExactly("a");
        store.commit(run(R1, SUCCEEDED, 9));

        assertThat(store.settledIds()).containsExactly("a", "b", "c");
    }

    @Test
    void shouldSettleBothWithTheNextRunWhereModeTookNoPost() {
        plan(List.of("a"), R1);
        store.commit(posting(R1));
        plan(List.of("b"), R1);

        store.commit(Entries.step(R1, Posting.class, posting -> posting.notTaken(Entries.NOON)));
        assertThat(store.settled()).isEmpty();
        store.commit(run(R1, SUCCEEDED, 9));

        assertThat(store.settledIds()).containsExactly("a", "b");
    }

    @Test
    void shouldSettleTheLaterWithItsRunThoughTheEarlierWasRejected() {
        plan(List.of("a"), R1);
        store.commit(posting(R1));
        plan(List.of("b"), R1);

        store.commit(rejected(R1));
        store.commit(run(R1, SUCCEEDED, 9));

        assertThat(store.settled())
                .extracting(one -> one.settlement().outcome())
                .containsExactly(ChangeOutcome.FAILED, ChangeOutcome.SUCCEEDED);
    }

    @Test
    void shouldSettleEachBatchWhenItsOwnLastReportEnds() {
        plan(List.of("a"), R1, R2);
        plan(List.of("b"), R2, R3);

        store.commit(run(R1, SUCCEEDED, 5));
        assertThat(store.settledIds()).isEmpty();
        store.commit(run(R2, FAILED, 6));
        assertThat(store.settledIds()).containsExactly("a");
        store.commit(run(R3, CANCELLED, 7));

        assertThat(store.settledIds()).containsExactly("a", "b");
        assertThat(store.settled())
                .extracting(one -> one.settlement().runs())
                .containsExactly(new RunCounts(1, 1, 0, 0, 0, 0), new RunCounts(0, 1, 1, 0, 0, 0));
    }

    @Test
    void shouldKeepTheEndsForOpenBatchesOnly() {
        plan(List.of("a"), R1, R2);
        plan(List.of("b"), R1);

        store.commit(run(R1, SUCCEEDED, 5));

        assertThat(store.state(R1).memory().outcomes())
                .as("a waits for r2, and b is settled")
                .containsOnlyKeys(1L);
        store.commit(run(R2, SUCCEEDED, 6));
        assertThat(store.state(R2).memory().outcomes()).isEmpty();
        plan(List.of("c"), R1);
        assertThat(store.state(R1).memory().outcomes()).isEmpty();
    }

    // --- more changes than one transaction tells

    @Test
    void shouldSettleABatchOfManyChangesInSeveralTransactions() {
        var many = ids("load-", 1_201);
        plan(many, R1);

        var all = store.commitAll(run(R1, SUCCEEDED, 5));

        assertThat(all).extracting(staged -> settled(staged).size()).containsExactly(500, 500, 201);
        assertThat(store.settledIds()).containsExactlyInAnyOrderElementsOf(many);
        assertThat(all.get(0).unfinished()).containsExactly(FIRST);
        assertThat(all.get(2).unfinished()).isEmpty();
        assertThat(store.keys()).containsExactlyInAnyOrder("acme/batches/1", "acme/reports/r1");
        assertThat(store.batch(1)).as("it is settled").isEmpty();
    }

    @Test
    void shouldStayOpenUntilTheLastOfItsChangesIsTold() {
        plan(ids("load-", 501), R1);

        var first = store.commit(run(R1, SUCCEEDED, 5));
        assertThat(store.batch(1)).as("one is not told").isPresent();
        store.commit(settle(first));

        assertThat(store.batch(1)).isEmpty();
        assertThat(store.settledIds()).doesNotHaveDuplicates().hasSize(501);
    }

    @Test
    void shouldSettleInOneTransactionWhatJustFits() {
        plan(ids("load-", 500), R1);

        var staged = store.commit(run(R1, SUCCEEDED, 5));

        assertThat(settled(staged)).hasSize(500);
        assertThat(staged.unfinished()).isEmpty();
    }

    @Test
    void shouldSettleManyAtOnceThatHaveNothingToDo() {
        var many = ids("load-", 1_201);
        store.open(many);

        var all = store.commitAll(planned("acme", many));

        assertThat(all).hasSize(3);
        assertThat(store.settledIds()).containsExactlyInAnyOrderElementsOf(many);
        assertThat(store.planned()).hasSize(1);
    }

    @Test
    void shouldHaveNoEffectToGoOnWithABatchThatIsSettledOrNotOver() {
        plan(List.of("a"), R1);
        assertThat(store.commit(new LedgerEntry.Settle(FIRST)).isEmpty())
                .as("a run is to come")
                .isTrue();
        store.commit(run(R1, SUCCEEDED, 5));

        assertThat(store.commit(new LedgerEntry.Settle(FIRST)).isEmpty()).isTrue();
        assertThat(store.commit(new LedgerEntry.Settle(new BatchKey("acme", 9))).isEmpty())
                .as("there is no such batch")
                .isTrue();
        assertThat(store.settledIds()).containsExactly("a");
    }

    @Test
    void shouldGoOnInTheNextTransactionWhereManyBatchesEndAtOnce() {
        var many = ids("load-", 600);
        store.open(many);
        for (var id : many) {
            store.commit(planned("acme", id, R1));
        }

        var all = store.commitAll(run(R1, SUCCEEDED, 5));

        assertThat(all).extracting(staged -> settled(staged).size()).containsExactly(500, 100);
        assertThat(store.settledIds()).containsExactlyInAnyOrderElementsOf(many);
        assertThat(store.image().batches()).isEmpty();
    }

    @Test
    void shouldRefuseManyInBatchesThatEachSettleWhole() {
        var many = ids("load-", 1_201);
        store.open(many);

        var all = store.commitAll(refused("acme", many));

        assertThat(all).extracting(staged -> settled(staged).size()).containsExactly(500, 500, 201);
        assertThat(store.settledIds()).containsExactlyInAnyOrderElementsOf(many);
        assertThat(store.settled()).extracting(one -> one.batch().number()).containsOnly(1L, 2L, 3L);
        assertThat(store.image().batches()).isEmpty();
        assertThat(store.image().changes()).isEmpty();
    }

    // --- numbers

    @Test
    void shouldNumberTheBatchesOfAWorkspace() {
        store.open("a", "b", "c", "d");

        store.commit(planned("acme", "a", R1), planned("acme", "b", R1), refused("acme", List.of("c")));
        store.commit(planned("acme", "d"));

        assertThat(store.planned())
                .extracting(planned -> planned.batch().number())
                .containsExactly(1L, 2L, 4L);
        assertThat(store.settled()).extracting(one -> one.batch().number()).containsExactly(3L, 4L);
    }

    // --- plans that come to nothing

    @Test
    void shouldHaveNoEffectToPlanTheSameTwice() {
        store.open("a");

        var both = store.commit(planned("acme", "a", R1), planned("acme", "a", R1, R2));
        var again = store.commit(planned("acme", "a", R1));
        store.commit(run(R1, SUCCEEDED, 5));
        var late = store.commit(planned("acme", "a", R1));

        assertThat(both.reports()).containsOnlyKeys(R1);
        assertThat(again.isEmpty()).isTrue();
        assertThat(late.isEmpty()).as("it is settled").isTrue();
        assertThat(store.planned()).hasSize(1);
        assertThat(store.settledIds()).containsExactly("a");
    }

    @Test
    void shouldPlanOfTheChangesThoseThatAreNotInABatchYet() {
        store.open("a", "b");
        store.commit(planned("acme", "a", R1));

        store.commit(planned("acme", List.of("a", "b", "b", "never came"), R2));
        store.commit(run(R2, SUCCEEDED, 5));

        assertThat(store.planned().get(1).changes()).isEqualTo(refs(2, "b"));
        assertThat(store.settledIds()).containsExactly("b");
    }

    @Test
    void shouldHaveNoEffectToRefuseWhatIsPlanned() {
        plan(List.of("a"), R1);

        var staged = store.commit(refused("acme", List.of("a", "never came")));

        assertThat(staged.isEmpty()).isTrue();
    }

    // --- what can't be written

    @Test
    void shouldLeaveNothingOfAPlanThatFails() {
        store.open("a", "b");
        var foreign = new ReportKey("globex", "r1");

        var staged = store.stage(planned("acme", "a", R1, foreign), planned("acme", "b", R1));
        store.commit(planned("acme", "b", R1));

        assertThat(staged.results().get(0).failure()).isNotNull();
        assertThat(staged.reports()).containsOnlyKeys(R1);
        assertThat(staged.batches()).containsOnlyKeys(FIRST);
        assertThat(staged.toldOfBatches()).singleElement().satisfies(told -> {
            assertThat(told.origin().entry()).isEqualTo(1);
            assertThat(((ChangePlanned) told.what()).changes()).isEqualTo(refs(1, "b"));
        });
        assertThat(staged.saved().values())
                .allSatisfy(saved -> assertThat(saved.origin().entry()).isEqualTo(1));
        assertThat(store.state(R1).carried()).containsExactly(1L);
    }

    @Test
    void shouldLeaveNothingOfAStepThatFailsWithItsBatch() {
        plan(List.of("a"), R1);
        store.commit(posting(R1), accepted(R1, "run1"));

        var staged = store.stage(
                Entries.step(R1, Running.class, running -> {
                    throw new IllegalStateException("nobody thought of it");
                }),
                new LedgerEntry.Settle(FIRST));

        assertThat(staged.isEmpty()).isTrue();
        assertThat(staged.batches()).isEmpty();
        assertThat(staged.reports()).isEmpty();
    }

    @Test
    void shouldCountAgainWhatWasStagedAndNotCommitted() {
        plan(List.of("a"), R1, R2);

        store.stage(all(run(R1, SUCCEEDED, 5), run(R2, SUCCEEDED, 6)));
        store.commit(run(R1, SUCCEEDED, 5));

        assertThat(store.settled()).isEmpty();
        store.commit(run(R2, SUCCEEDED, 6));
        assertThat(store.settledIds()).containsExactly("a");
    }

    @Test
    void shouldKeepTheChangesOpenOfAPlanThatIsSetAside() {
        store.open("a");
        var own = store.stage(planned("acme", "a", R1));
        assertThat(own.isEmpty()).isFalse();

        var staged = store.stageWithout(0, planned("acme", "a", R1), posting(R1));

        assertThat(staged.isEmpty()).isTrue();
        assertThat(staged.results().get(0).failure()).hasMessageContaining("max.message.bytes");
        assertThat(store.image().unplanned()).containsExactly(change("acme", "a"));
        assertThat(staged.results().get(1).state()).isEqualTo(Optional.empty());
    }

    @Test
    void shouldStayOpenWhereTheLastEndIsSetAside() {
        plan(List.of("a"), R1);
        store.commit(posting(R1), accepted(R1, "run1"));

        var staged = store.stageWithout(0, ended(R1, SUCCEEDED, 5));

        assertThat(staged.isEmpty()).isTrue();
        store.commit(ended(R1, SUCCEEDED, 6));
        assertThat(store.settledIds()).containsExactly("a");
    }
}
