package io.freshet.ledger;

import static io.freshet.ledger.Entries.ACME;
import static io.freshet.ledger.Entries.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.FactKey;
import io.freshet.event.ReportKey;
import io.freshet.event.Subject;
import io.freshet.event.WorkspaceChanged;
import io.freshet.event.WorkspaceFact;
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

        assertThat(store.keys())
                .containsExactly("acme/facts/held:report:r1", "acme/facts/learnt:data_source:5a1d");
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
        facts.restored(account -> true, List.of(new WorkspaceFact(LEARNT, "d1 is older", Optional.empty(), NOON)));
        var held = new WorkspaceFact(HELD, "month end", OPS, NOON);
        facts.changed(HELD, Optional.of(held));

        assertThat(facts.isLearnt("acme", Subject.dataSource("5a1d"))).isTrue();
        assertThat(facts.isLearnt("acme", Subject.dataSource("other"))).isFalse();
        assertThat(facts.isLearnt("other", Subject.dataSource("5a1d"))).isFalse();
        assertThat(facts.holdOf(new ReportKey("acme", "r1"))).contains(held);
        assertThat(facts.holdOf(new ReportKey("acme", "r2"))).isEmpty();
        facts.changed(HELD, Optional.empty());
        assertThat(facts.holdOf(new ReportKey("acme", "r1"))).isEmpty();
    }

    @Test
    void shouldHoldEveryReportOfAHeldWorkspace() {
        var facts = new WorkspaceFacts();
        var all = new WorkspaceFact(FactKey.held("acme", Subject.WORKSPACE), "incident 7", OPS, NOON);
        facts.changed(all.key(), Optional.of(all));

        assertThat(facts.holdOf(new ReportKey("acme", "r1"))).contains(all);
        assertThat(facts.holdOf(new ReportKey("other", "r1"))).isEmpty();
        facts.left(account -> account.equals("acme"));
        assertThat(facts.holdOf(new ReportKey("acme", "r1"))).isEmpty();
    }
}
