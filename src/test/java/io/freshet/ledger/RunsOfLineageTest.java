package io.freshet.ledger;

import static io.freshet.ledger.Entries.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Change;
import io.freshet.event.ChangeKey;
import io.freshet.event.RecordPlace;
import io.freshet.event.Target;
import io.freshet.lineage.LineageKey;
import io.freshet.lineage.LineageMappings;
import io.freshet.lineage.LineageRun;
import io.freshet.lineage.MatchTables;
import io.freshet.lineage.Outputs;
import io.freshet.lineage.RunChanges;
import io.freshet.lineage.RunPhase;
import io.freshet.lineage.RunUpdate;
import io.freshet.lineage.Runs;
import io.freshet.lineage.SourceAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is known of runs of OpenLineage is saved with the position of the inbox, and becomes changes in one transaction. */
class RunsOfLineageTest {

    private static final LineageKey RUN = new LineageKey("acme", "r1");
    private static final Outputs ORDERS = Runs.tables("postgres://db:5432", "shop.public.orders");
    private static final Outputs ITEMS = Runs.tables("postgres://db:5432", "shop.public.items");
    private static final List<SourceAddress> SOURCES =
            List.of(new SourceAddress("5a1d", "Shop", "postgresql", "db", OptionalInt.of(5432), "shop", ""));

    private final CommittedStore store = new CommittedStore();
    private long offset;

    private StagedTransaction hear(RunPhase phase, Outputs outputs) {
        return hear("r1", phase, outputs);
    }

    private StagedTransaction hear(String run, RunPhase phase, Outputs outputs) {
        return store.commit(new LedgerEntry.RunHeard(ACME, offset++, "acme", Runs.event(run, phase, outputs)));
    }

    private LineageRun known() {
        return Objects.requireNonNull(store.image().lineage().get(RUN));
    }

    private static LedgerEntry.RunMatched matched(LineageRun run) {
        var matches =
                new MatchTables(new LineageMappings(List.of())).match("acme", run.outputs(), SOURCES, token -> false);
        return new LedgerEntry.RunMatched(RUN, run, RunChanges.of(RUN, run, matches));
    }

    @Test
    void shouldSaveWhatIsKnownOfARunWithThePositionOfTheInbox() {
        var staged = hear(RunPhase.START, ORDERS);

        assertThat(staged.positions()).containsEntry(ACME, 1L);
        assertThat(staged.lineage()).containsOnlyKeys(RUN);
        assertThat(known().outputs()).isEqualTo(ORDERS);

        store.restart();
        hear(RunPhase.COMPLETE, ITEMS);

        assertThat(known().completedAt()).contains(Runs.AT);
        assertThat(known().outputs()).isEqualTo(ORDERS.and(ITEMS));
    }

    @Test
    void shouldSaveNothingButThePositionForAnEventThatSaysNothingNew() {
        hear(RunPhase.START, ORDERS);

        var staged = hear(RunPhase.RUNNING, ORDERS);

        assertThat(staged.positions()).containsEntry(ACME, 2L);
        assertThat(staged.saved()).isEmpty();
        assertThat(hear("r2", RunPhase.FAIL, Outputs.NONE).saved()).isEmpty();
    }

    @Test
    void shouldOpenTheChangesAndMarkTheRunInOneTransaction() {
        hear(RunPhase.COMPLETE, ORDERS);

        var staged = store.commit(matched(known()));

        assertThat(staged.changes().values())
                .singleElement()
                .satisfies(opened -> assertThat(opened).map(Change::target).contains(new Target.DataSource("5a1d")));
        assertThat(staged.lineage().get(RUN)).map(LineageRun::isMatched).contains(true);
        assertThat(store.image().changes()).hasSize(1);
        assertThat(known().isMatched()).isTrue();
        assertThat(known().isComplete()).isFalse();
    }

    @Test
    void shouldForgetARunThatConcernsNobody() {
        hear(RunPhase.COMPLETE, ORDERS);

        store.commit(new LedgerEntry.RunMatched(RUN, known(), List.of()));

        assertThat(store.image().lineage()).isEmpty();
        assertThat(store.keys()).noneMatch(key -> key.contains("/lineage/"));
    }

    @Test
    void shouldOpenAChangeOnceHoweverOftenTheRunEnds() {
        hear(RunPhase.COMPLETE, ORDERS);
        store.commit(matched(known()));
        hear(RunPhase.COMPLETE, ORDERS);

        var staged = store.commit(matched(known()));

        assertThat(staged.changes()).isEmpty();
        assertThat(known().isMatched()).isTrue();
    }

    @Test
    void shouldOpenNoOtherChangeIfTheEndIsToldAgainAndSomeOutputsStoodInEarlierEvents() {
        hear(RunPhase.START, ORDERS);
        hear(RunPhase.COMPLETE, ITEMS);
        store.commit(matched(known()));
        store.restart();
        hear(RunPhase.RUNNING, ORDERS);
        hear(RunPhase.COMPLETE, ITEMS);

        var staged = store.commit(matched(known()));

        assertThat(staged.changes()).isEmpty();
        assertThat(store.image().changes()).hasSize(1);
    }

    @Test
    void shouldOpenARefusedChangeAgainWithAllOutputsIfItsEndIsWrittenAgain() {
        hear(RunPhase.START, ORDERS);
        hear(RunPhase.COMPLETE, ITEMS);
        var change = matched(known()).changes().get(0);
        store.commit(matched(known()));
        store.commit(
                new LedgerEntry.Refused("acme", change.target(), List.of(ChangeKey.of(change)), Entries.NOT_FOUND));
        assertThat(store.image().changes()).isEmpty();

        redriven(ITEMS);
        store.commit(matched(known()));

        assertThat(store.image().changes().values()).singleElement().satisfies(again -> {
            assertThat(again.ref()).isEqualTo(change.ref());
            assertThat(again.tables()).hasSize(2);
        });
    }

    /** From the dead letters, so that the event lies in another place. */
    private void redriven(Outputs outputs) {
        var event = Runs.event("r1", RunPhase.COMPLETE, outputs);
        var place = new RecordPlace(event.place().topic(), 0, 1_000, Runs.AT);
        store.commit(new LedgerEntry.RunHeard(
                ACME,
                offset++,
                "acme",
                new RunUpdate(event.run(), event.phase(), event.at(), event.job(), outputs, place)));
    }

    @Test
    void shouldOpenAnotherChangeForARunThatFailedAfterItsEndAndEndedAgain() {
        hear(RunPhase.START, ORDERS);
        hear(RunPhase.COMPLETE, ITEMS);
        store.commit(matched(known()));
        hear(RunPhase.FAIL, Outputs.NONE);
        hear(RunPhase.COMPLETE, ITEMS);

        assertThat(store.commit(matched(known())).changes()).hasSize(1);
    }

    @Test
    void shouldOpenAnotherChangeForARunThatEndsAgainWithMore() {
        hear(RunPhase.COMPLETE, ORDERS);
        store.commit(matched(known()));
        hear(RunPhase.COMPLETE, ORDERS.and(ITEMS));
        store.commit(matched(known()));

        assertThat(store.image().changes().values())
                .map(change -> change.tables().size())
                .containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void shouldNotOpenWhatFollowsFromLessThanIsKnownByNow() {
        hear(RunPhase.COMPLETE, ORDERS);
        var less = matched(known());
        hear(RunPhase.COMPLETE, ITEMS);

        assertThat(store.commit(less).isEmpty()).isTrue();
        assertThat(known().outputs()).isEqualTo(ORDERS.and(ITEMS));
    }

    @Test
    void shouldForgetARunThatFailedAndOneOfWhichNothingIsHeard() {
        hear(RunPhase.START, ORDERS);
        hear(RunPhase.FAIL, Outputs.NONE);
        assertThat(store.image().lineage()).isEmpty();

        hear(RunPhase.START, ORDERS);
        hear("r2", RunPhase.COMPLETE, ORDERS);
        store.pass(Duration.ofHours(7));
        store.commit(new LedgerEntry.Forget(ACME, Instant.EPOCH));

        assertThat(store.image().lineage()).containsOnlyKeys(new LineageKey("acme", "r2"));
    }

    @Test
    void shouldForgetARunWhoseChangesAreOpenWhenNothingMoreIsHeardOfIt() {
        hear(RunPhase.COMPLETE, ORDERS);
        store.commit(matched(known()));
        store.pass(Duration.ofHours(7));

        store.commit(new LedgerEntry.Forget(ACME, Instant.EPOCH));

        assertThat(store.image().lineage()).isEmpty();
    }

    @Test
    void shouldPassARecordThatWasReadTwice() {
        hear(RunPhase.START, ORDERS);
        offset = 0;

        assertThat(hear(RunPhase.FAIL, Outputs.NONE).isEmpty()).isTrue();
        assertThat(known()).isNotNull();
    }
}
