package io.freshet.ledger;

import static io.freshet.ledger.Entries.ACME;
import static io.freshet.ledger.Entries.GLOBEX;
import static io.freshet.ledger.Entries.NOON;
import static io.freshet.ledger.Entries.R1;
import static io.freshet.ledger.Entries.R2;
import static io.freshet.ledger.Entries.R3;
import static io.freshet.ledger.Entries.accepted;
import static io.freshet.ledger.Entries.change;
import static io.freshet.ledger.Entries.ended;
import static io.freshet.ledger.Entries.key;
import static io.freshet.ledger.Entries.opened;
import static io.freshet.ledger.Entries.planned;
import static io.freshet.ledger.Entries.posting;
import static io.freshet.ledger.Entries.refused;
import static io.freshet.ledger.Entries.request;
import static io.freshet.ledger.Entries.restored;
import static io.freshet.ledger.Entries.step;
import static io.freshet.state.Samples.PACE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.BatchKey;
import io.freshet.event.ReportKey;
import io.freshet.event.RunAccepted;
import io.freshet.state.Posting;
import io.freshet.state.ReportHistory;
import io.freshet.state.ReportState;
import io.freshet.state.RequestLimit;
import io.freshet.state.Run;
import io.freshet.state.Samples;
import io.freshet.state.Settled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class StateStoreTest {

    private static final Run RUN = Samples.run("run1", NOON);

    /** Owns the partition of acme, with R1 waiting because of the change "known", and is at offset 10. R2 and a change are quarantined. */
    private final StateStore store = new StateStore(Entries.PARTITIONS);

    StateStoreTest() {
        store.open(
                ACME,
                restored(
                        Map.of(),
                        Map.of(key("acme", "known"), change("acme", "known")),
                        Set.of("acme/reports/r2", key("acme", "unreadable").key()),
                        10));
        store.apply(stage(planned("acme", "known", R1)));
    }

    private StagedTransaction stage(LedgerEntry... entries) {
        return store.stage(List.of(entries), Set.of(), NOON);
    }

    // --- what the inbox brings

    @Test
    void shouldOpenAChangeAndMoveOn() {
        var staged = stage(opened("acme", 10, "a"));

        assertThat(staged.changes()).isEqualTo(Map.of(key("acme", "a"), Optional.of(change("acme", "a"))));
        assertThat(staged.positions()).isEqualTo(Map.of(ACME, 11L));
        assertThat(staged.results()).containsExactly(EntryResult.NONE);
    }

    @Test
    void shouldMoveOnPastAChangeThatIsOpenAlready() {
        var staged = stage(opened("acme", 10, "known"), opened("acme", 11, "a"), opened("acme", 12, "a"));

        assertThat(staged.changes()).containsOnlyKeys(key("acme", "a"));
        assertThat(staged.positions()).isEqualTo(Map.of(ACME, 13L));
    }

    @Test
    void shouldNotOpenAChangeOverARecordThatCanNotBeRead() {
        var staged = stage(opened("acme", 10, "unreadable"));

        assertThat(staged.changes()).isEmpty();
        assertThat(staged.positions()).isEqualTo(Map.of(ACME, 11L));
    }

    @Test
    void shouldIgnoreARecordThatWasReadBefore() {
        var staged = stage(opened("acme", 9, "a"));

        assertThat(staged.isEmpty()).isTrue();
    }

    @Test
    void shouldIgnoreARecordThatIsTwiceInABatch() {
        var staged = stage(opened("acme", 10, "a"), opened("acme", 10, "b"), opened("acme", 12, "c"));

        assertThat(staged.changes()).containsOnlyKeys(key("acme", "a"), key("acme", "c"));
        assertThat(staged.positions()).isEqualTo(Map.of(ACME, 13L));
    }

    @Test
    void shouldWriteADeadLetterAsItPassesARecord() {
        var letter = new ProducerRecord<byte[], byte[]>("dlq", new byte[0]);

        var staged = stage(
                new LedgerEntry.Passed(ACME, 10, Optional.of(letter)),
                new LedgerEntry.Passed(ACME, 10, Optional.of(letter)),
                new LedgerEntry.Passed(ACME, 11, Optional.empty()));

        assertThat(staged.forwarded())
                .extracting(StagedTransaction.OfEntry::what)
                .containsExactly(letter);
        assertThat(staged.positions()).isEqualTo(Map.of(ACME, 12L));
    }

    @Test
    void shouldIgnoreARecordOfAPartitionThatIsAnothers() {
        var staged = stage(opened("globex", 10, "a"));

        assertThat(staged.isEmpty()).isTrue();
        assertThat(staged.results()).containsExactly(EntryResult.NONE);
    }

    @Test
    void shouldPassAChangeThatLiesInAnotherPartitionThanItsWorkspace() {
        var astray = new LedgerEntry.Opened(ACME, 10, change("globex", "a"));

        var staged = stage(astray, opened("acme", 11, "b"));

        assertThat(staged.changes()).containsOnlyKeys(key("acme", "b"));
        assertThat(staged.positions()).isEqualTo(Map.of(ACME, 12L));
        assertThat(staged.results().get(0).failure())
                .hasMessage("a record of globex lies in partition 2 of the inbox, and belongs into 1");
    }

    // --- what is planned

    @Test
    void shouldLetTheReportsOfABatchCarryIt() {
        var staged = stage(opened("acme", 10, "a"), planned("acme", "a", R1, R3));

        assertThat(staged.reports())
                .isEqualTo(Map.of(
                        R1,
                        Optional.of(
                                ReportState.unknown().merge(request(1, "known")).merge(request(2, "a"))),
                        R3,
                        Optional.of(ReportState.unknown().merge(request(2, "a")))));
        assertThat(staged.saved())
                .containsOnlyKeys(
                        new StateKey.OfChange(key("acme", "a")),
                        new StateKey.OfReport(R1),
                        new StateKey.OfReport(R3),
                        new StateKey.OfBatch(new BatchKey("acme", 2)));
        assertThat(staged.positions()).as("of both").isEqualTo(Map.of(ACME, 11L));
    }

    @Test
    void shouldDoNothingForAReportThatIsQuarantined() {
        var staged = stage(opened("acme", 10, "a"), planned("acme", "a", R2), step(R2, Settled.class, settled -> {
            throw new AssertionError("it is not known where it is");
        }));

        assertThat(staged.reports()).isEmpty();
        assertThat(staged.changes())
                .as("it has nothing to wait for")
                .isEqualTo(Map.of(key("acme", "a"), Optional.empty()));
        assertThat(staged.results()).containsOnly(EntryResult.NONE);
    }

    // --- steps

    @Test
    void shouldStageEntriesUponEachOther() {
        var staged = stage(
                opened("acme", 10, "a"),
                opened("acme", 11, "b"),
                planned("acme", "a", R1),
                step(R1, waiting -> waiting.posting(NOON, NOON)),
                planned("acme", "b", R1),
                step(R1, Posting.class, posting -> posting.accepted(R1, RUN, NOON, PACE)));

        var running = requireNonNull(staged.reports().get(R1))
                .flatMap(ReportState::ifRunning)
                .orElseThrow();
        assertThat(running.request()).isEqualTo(request(1, "known").and(request(2, "a")));
        assertThat(running.next()).contains(request(3, "b"));
        assertThat(staged.told()).singleElement().satisfies(told -> {
            assertThat(told.origin().entry()).isEqualTo(5);
            assertThat(told.what()).isInstanceOf(RunAccepted.class);
            assertThat(told.what().changes()).isEqualTo(running.request().causes());
        });
        assertThat(staged.results())
                .extracting(result -> result.state().map(ReportState::name))
                .containsExactly(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("posting"),
                        Optional.empty(),
                        Optional.of("running"));
    }

    @Test
    void shouldTieEverythingToThePositionOfItsPartition() {
        var step = stage(step(R1, waiting -> waiting.posting(NOON, NOON)));
        var end = stage(posting(R1), accepted(R1, "run1"), ended(R1, Run.Status.SUCCEEDED, 5));
        var limit = stage(new LedgerEntry.LimitSaved("acme", new RequestLimit.Calling()));

        assertThat(List.of(step, end, limit))
                .as("which Kafka checks the generation with")
                .extracting(StagedTransaction::positions)
                .containsOnly(Map.of(ACME, 10L));
        assertThat(limit.saved()).containsOnlyKeys(new StateKey.OfLimit("acme"));
    }

    @Test
    void shouldWriteNothingForAStepThatNeedNotBeSaved() {
        store.apply(stage(step(R1, waiting -> waiting.posting(NOON, NOON))));

        var staged = stage(step(R1, Posting.class, posting -> posting.notListed(NOON, PACE)));
        store.apply(staged);

        assertThat(staged.isEmpty()).isTrue();
        assertThat(state(R1).step().orElseThrow().due()).isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void shouldHaveNoEffectOnAReportThatIsElsewhereOrAnothers() {
        var staged = stage(
                step(R1, Posting.class, posting -> posting.notTaken(NOON)),
                step(new ReportKey("globex", "r1"), Settled.class, settled -> {
                    throw new AssertionError("it is another's");
                }));

        assertThat(staged.results()).containsExactly(EntryResult.NONE, EntryResult.NONE);
        assertThat(staged.isEmpty()).isTrue();
    }

    // --- entries that can't be written

    @Test
    void shouldFailTheEntryThatThrowsAndNoOther() {
        var fault = new IllegalStateException("nobody thought of it");

        var staged = stage(
                opened("acme", 10, "a"),
                step(R1, waiting -> {
                    throw fault;
                }),
                step(R1, waiting -> waiting.posting(NOON, NOON)));

        assertThat(staged.results().get(1).failure()).isSameAs(fault);
        assertThat(staged.results().get(2).state()).isEqualTo(staged.reports().get(R1));
        assertThat(staged.changes()).containsOnlyKeys(key("acme", "a"));
    }

    @Test
    void shouldPassWhatIsSetAsideAndWriteTheRest() {
        var entries = List.<LedgerEntry>of(
                opened("acme", 10, "large"), opened("acme", 11, "a"), step(R1, waiting -> waiting.posting(NOON, NOON)));

        var staged = store.stage(entries, Set.of(Origin.of(0), Origin.of(2)), NOON);

        assertThat(staged.changes()).containsOnlyKeys(key("acme", "a"));
        assertThat(staged.reports()).isEmpty();
        assertThat(staged.positions()).isEqualTo(Map.of(ACME, 12L));
        assertThat(staged.results().get(0)).as("the listener is told").isEqualTo(EntryResult.NONE);
        assertThat(staged.results().get(2).failure()).hasMessageContaining("max.message.bytes");
    }

    // --- what is committed

    @Test
    void shouldChangeNothingUntilItIsApplied() {
        var lost = stage(opened("acme", 10, "a"), planned("acme", "a", R1));

        var again = stage(opened("acme", 10, "a"), planned("acme", "a", R1));
        store.apply(again);

        assertThat(again.reports()).isEqualTo(lost.reports());
        assertThat(stage(opened("acme", 10, "a")).isEmpty()).as("read twice").isTrue();
        assertThat(state(R1)).isEqualTo(requireNonNull(lost.reports().get(R1)).orElseThrow());
        assertThat(state(R1).carried()).containsExactly(1L, 2L);
    }

    @Test
    void shouldForgetAPartitionThatWasTakenAway() {
        store.close(ACME);

        assertThat(store.has(ACME)).isFalse();
        assertThat(stage(opened("acme", 10, "a")).isEmpty()).isTrue();
    }

    @Test
    void shouldBelieveWhatWasRestored() {
        var settled = new Settled(ReportHistory.EMPTY, NOON);
        store.open(ACME, restored(Map.of(R2, settled), Map.of(), Set.of(), 50));

        var staged = stage(opened("acme", 49, "a"), step(R1, waiting -> waiting.posting(NOON, NOON)));

        assertThat(staged.isEmpty())
                .as("R1 is unknown, and the record was read")
                .isTrue();
        assertThat(state(R2)).isEqualTo(settled);
    }

    @Test
    void shouldFindThePartitionOfEachEntry() {
        assertThat(List.of(
                        opened("globex", 1, "a"),
                        planned("globex", "a"),
                        refused("globex", List.of("a")),
                        new LedgerEntry.Settle(new BatchKey("globex", 1)),
                        new LedgerEntry.Forget(GLOBEX, NOON),
                        step(new ReportKey("globex", "r"), waiting -> waiting.posting(NOON, NOON)),
                        new LedgerEntry.LimitSaved("globex", new RequestLimit.Calling()),
                        new LedgerEntry.Passed(GLOBEX, 1, Optional.empty())))
                .allSatisfy(entry -> assertThat(store.partitionOf(entry)).isEqualTo(GLOBEX));
    }

    /** Where a report is, as a step would find it. */
    private ReportState state(ReportKey report) {
        var states = new ArrayList<ReportState>();
        stage(new LedgerEntry.StateChange(report, state -> {
            states.add(state);
            return Optional.empty();
        }));
        return states.get(0);
    }
}
