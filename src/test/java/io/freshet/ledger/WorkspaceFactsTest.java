package io.freshet.ledger;

import static io.freshet.ledger.Entries.ACME;
import static io.freshet.ledger.Entries.NOON;
import static io.freshet.ledger.Entries.R1;
import static io.freshet.ledger.Entries.R2;
import static io.freshet.ledger.Entries.accepted;
import static io.freshet.ledger.Entries.ended;
import static io.freshet.ledger.Entries.planned;
import static io.freshet.ledger.Entries.posting;
import static io.freshet.state.Run.Status.SUCCEEDED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ChangePlanned;
import io.freshet.event.FactKey;
import io.freshet.event.HeldBack;
import io.freshet.event.ReportKey;
import io.freshet.event.Subject;
import io.freshet.event.WorkspaceChanged;
import io.freshet.event.WorkspaceFact;
import io.freshet.state.ReportState;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What is known of a workspace is saved and told once, and survives its owner. */
class WorkspaceFactsTest {

    private static final Optional<String> OPS = Optional.of("ops");
    private static final FactKey HELD = FactKey.held("acme", Subject.report("r1"));
    private static final FactKey LEARNT = FactKey.learnt("acme", Subject.dataSource("5a1d"));
    private static final LedgerEntry HOLD = new LedgerEntry.FactAdded(HELD, "month end", OPS);
    private static final LedgerEntry RELEASE = new LedgerEntry.FactTakenBack(HELD, "it is over", OPS);

    private final CommittedStore store = new CommittedStore();

    @Test
    void shouldSaveAndTellWhatIsKnownFromNowOn() {
        store.commit(HOLD, new LedgerEntry.FactAdded(LEARNT, "d1 is older", Optional.empty()));

        assertThat(store.keys()).containsExactly("acme/facts/held:report:r1", "acme/facts/learnt:data_source:5a1d");
        assertThat(store.toldOfWorkspaces())
                .containsExactly(
                        new WorkspaceChanged("acme", "held", Optional.of(Subject.report("r1")), "month end", OPS, NOON),
                        new WorkspaceChanged(
                                "acme",
                                "learnt",
                                Optional.of(Subject.dataSource("5a1d")),
                                "d1 is older",
                                Optional.empty(),
                                NOON));
    }

    @Test
    void shouldTellOnceWhatIsSaidTwice() {
        store.commit(HOLD, new LedgerEntry.FactAdded(HELD, "again", Optional.of("somebody else")));
        var again = store.commit(HOLD);

        assertThat(again.isEmpty()).isTrue();
        assertThat(store.toldOfWorkspaces()).hasSize(1);
        assertThat(store.image().facts()).containsExactly(new WorkspaceFact(HELD, "month end", OPS, NOON));
    }

    @Test
    void shouldTakeBackAndTellThat() {
        store.commit(HOLD);
        store.commit(RELEASE);
        var again = store.commit(RELEASE);

        assertThat(again.isEmpty()).isTrue();
        assertThat(store.keys()).isEmpty();
        assertThat(store.toldOfWorkspaces()).map(WorkspaceChanged::what).containsExactly("held", "released");
        assertThat(store.toldOfWorkspaces().get(1).why()).isEqualTo("it is over");
    }

    @Test
    void shouldKnowWithinATransactionWhatItHasStaged() {
        store.commit(HOLD, RELEASE, HOLD, RELEASE);

        assertThat(store.keys()).isEmpty();
        assertThat(store.toldOfWorkspaces())
                .map(WorkspaceChanged::what)
                .containsExactly("held", "released", "held", "released");
    }

    @Test
    void shouldKnowAfterARestartWhatWasKnownBefore() {
        store.commit(HOLD);

        store.commit(store.restart());
        store.commit(HOLD);

        assertThat(store.toldOfWorkspaces()).hasSize(1);
        store.commit(RELEASE);
        assertThat(store.toldOfWorkspaces()).map(WorkspaceChanged::what).containsExactly("held", "released");
    }

    @Test
    void shouldCommitThePositionOfThePartitionWithIt() {
        assertThat(store.stage(HOLD).positions()).containsOnlyKeys(ACME);
    }

    // --- nothing is posted

    @Test
    void shouldSaveNoIntentForAHeldReport() {
        store.open("a");
        store.commit(planned("acme", "a", R1, R2), HOLD);

        var staged = store.commit(posting(R1), posting(R2));

        assertThat(store.state(R1).name()).isEqualTo("waiting");
        assertThat(store.state(R2).name()).isEqualTo("posting");
        assertThat(staged.results().get(0).state()).as("it had no effect").isEmpty();
        store.commit(RELEASE, posting(R1));
        assertThat(store.state(R1).name()).isEqualTo("posting");
    }

    @Test
    void shouldSaveNoIntentInTheTransactionOfTheHold() {
        store.open("a");
        store.commit(planned("acme", "a", R1));

        store.commit(HOLD, posting(R1));

        assertThat(store.state(R1).name()).isEqualTo("waiting");
    }

    @Test
    void shouldSaveNoIntentForAnyReportOfAHeldWorkspace() {
        store.open("a");
        store.commit(planned("acme", "a", R1, R2));
        store.commit(new LedgerEntry.FactAdded(FactKey.held("acme", Subject.WORKSPACE), "incident 7", OPS));

        store.commit(posting(R1), posting(R2));

        assertThat(List.of(store.state(R1).name(), store.state(R2).name())).containsOnly("waiting");
    }

    @Test
    void shouldSaveNoIntentInAShadowWhateverIsReleased() {
        var shadow = FactKey.shadow("acme");
        store.open("a");
        store.commit(planned("acme", "a", R1), HOLD);
        store.commit(new LedgerEntry.FactAdded(shadow, "runs=shadow", Optional.empty()), RELEASE);

        store.commit(posting(R1));

        assertThat(store.state(R1).name()).isEqualTo("waiting");
        store.commit(new LedgerEntry.FactTakenBack(shadow, "runs=post", Optional.empty()), posting(R1));
        assertThat(store.state(R1).name()).isEqualTo("posting");
        assertThat(store.toldOfWorkspaces())
                .map(WorkspaceChanged::what)
                .containsExactly("held", "shadow", "released", "posting");
    }

    @Test
    void shouldLetARunGoOnThatWasPostedBefore() {
        store.open("a");
        store.commit(planned("acme", "a", R1));
        store.commit(posting(R1));
        store.commit(HOLD);

        store.commit(accepted(R1, "run1"), ended(R1, SUCCEEDED, 5));

        assertThat(store.settledIds()).containsExactly("a");
    }

    @Test
    void shouldTellWithThePlanWhatIsHeld() {
        store.open("a", "b");
        store.commit(HOLD, planned("acme", "a", R1, R2));
        store.commit(new LedgerEntry.FactAdded(FactKey.held("acme", Subject.WORKSPACE), "incident 7", OPS));
        store.commit(planned("acme", "b", R1, R2));

        assertThat(store.planned())
                .map(ChangePlanned::held)
                .containsExactly(
                        List.of(new HeldBack("r1", "report", Subject.report("r1"))),
                        List.of(
                                new HeldBack("r1", "report", Subject.WORKSPACE),
                                new HeldBack("r2", "report", Subject.WORKSPACE)));
        assertThat(store.settled()).isEmpty();
    }

    /** What is held must not be posted because a record is damaged. */
    @Test
    void shouldHoldWhatWasHeldByARecordThatCantBeRead() {
        var image = new PartitionImage();
        image.enter(new ConsumerRecord<>(
                "freshet-state", ACME, 0, new StateKey.OfFact(HELD).bytes(), "no JSON".getBytes(UTF_8)));

        var restored = image.restored(1);

        assertThat(restored.facts()).map(WorkspaceFact::key).containsExactly(HELD);
        assertThat(restored.quarantined()).isEmpty();
    }

    @Test
    void shouldSayWhatIsKnownToWhoeverAsks() {
        var facts = new WorkspaceFacts();
        var learnt = new WorkspaceFact(LEARNT, "d1 is older", Optional.empty(), NOON);
        facts.changed(LEARNT, Optional.of(learnt));
        var held = new WorkspaceFact(HELD, "month end", OPS, NOON);
        facts.changed(HELD, Optional.of(held));

        assertThat(facts.isLearnt("acme", Subject.dataSource("5a1d"))).isTrue();
        assertThat(facts.isLearnt("acme", Subject.dataSource("other"))).isFalse();
        assertThat(facts.isLearnt("other", Subject.dataSource("5a1d"))).isFalse();
        assertThat(facts.holdOf(new ReportKey("acme", "r1"), ReportState.unknown()))
                .contains(held);
        assertThat(facts.holdOf(new ReportKey("acme", "r2"), ReportState.unknown()))
                .isEmpty();
        facts.changed(HELD, Optional.empty());
        assertThat(facts.holdOf(new ReportKey("acme", "r1"), ReportState.unknown()))
                .isEmpty();
    }

    // --- a data source

    private static final FactKey SOURCE = FactKey.held("acme", Subject.dataSource("5a1d"));
    private static final LedgerEntry HOLD_SOURCE = new LedgerEntry.FactAdded(SOURCE, "it is moved", OPS);
    private static final LedgerEntry RELEASE_SOURCE = new LedgerEntry.FactTakenBack(SOURCE, "done", OPS);

    @Test
    void shouldNotSaveAPlanOfAHeldDataSource() {
        store.open("a");

        var staged = store.stage(HOLD_SOURCE, planned("acme", "a", R1));

        assertThat(staged.results().get(1).failure()).isInstanceOf(HeldMeanwhile.class);
        assertThat(staged.batches()).isEmpty();
        assertThat(staged.reports()).isEmpty();
        store.commit(HOLD_SOURCE, RELEASE_SOURCE, planned("acme", "a", R1));
        assertThat(store.planned()).hasSize(1);
    }

    @Test
    void shouldSaveNoIntentForWhatWasPlannedBeforeItsDataSourceWasHeld() {
        store.open("a", "b");
        store.commit(planned("acme", "a", R1), HOLD_SOURCE);

        store.commit(posting(R1));
        assertThat(store.state(R1).ifWaiting()).isPresent();
        store.commit(store.restart());
        store.commit(posting(R1));
        assertThat(store.state(R1).ifWaiting()).as("also with the next owner").isPresent();

        store.commit(RELEASE_SOURCE, posting(R1));
        assertThat(store.state(R1).ifPosting()).isPresent();
    }

    @Test
    void shouldFollowWhatWasIntendedBeforeItsDataSourceWasHeld() {
        store.open("a");
        store.commit(planned("acme", "a", R1), posting(R1), HOLD_SOURCE);

        store.commit(accepted(R1, "run1"), ended(R1, SUCCEEDED, 5));

        assertThat(store.state(R1).isAtRest()).isTrue();
    }

    @Test
    void shouldLetTheQueueKnowForWhichDataSourceAReportWaits() {
        store.open("a");
        store.commit(planned("acme", "a", R1, R2), posting(R2), HOLD_SOURCE);
        var facts = new WorkspaceFacts();
        facts.restored(account -> true, store.image());

        assertThat(facts.holdOf(R1, store.state(R1))).map(WorkspaceFact::key).contains(SOURCE);
        assertThat(facts.holdOf(R2, store.state(R2))).as("it has left").isEmpty();
        facts.changed(SOURCE, Optional.empty());
        assertThat(facts.holdOf(R1, store.state(R1))).isEmpty();
    }

    @Test
    void shouldHearForWhichDataSourceABatchIs() {
        store.open("a");
        store.commit(planned("acme", "a", R1), HOLD_SOURCE);
        var facts = new WorkspaceFacts();
        store.image().facts().forEach(fact -> facts.changed(fact.key(), Optional.of(fact)));
        assertThat(facts.holdOf(R1, store.state(R1))).isEmpty();

        store.toldOfBatches().forEach(facts::told);

        assertThat(facts.holdOf(R1, store.state(R1))).isPresent();
        facts.left(account -> true);
        store.image().facts().forEach(fact -> facts.changed(fact.key(), Optional.of(fact)));
        assertThat(facts.holdOf(R1, store.state(R1))).isEmpty();
    }

    @Test
    void shouldHoldEveryReportOfAHeldWorkspace() {
        var facts = new WorkspaceFacts();
        var all = new WorkspaceFact(FactKey.held("acme", Subject.WORKSPACE), "incident 7", OPS, NOON);
        facts.changed(all.key(), Optional.of(all));

        assertThat(facts.holdOf(new ReportKey("acme", "r1"), ReportState.unknown()))
                .contains(all);
        assertThat(facts.holdOf(new ReportKey("other", "r1"), ReportState.unknown()))
                .isEmpty();
        facts.left(account -> account.equals("acme"));
        assertThat(facts.holdOf(new ReportKey("acme", "r1"), ReportState.unknown()))
                .isEmpty();
    }
}
