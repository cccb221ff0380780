package io.freshet.ledger;

import static io.freshet.ledger.Entries.ACME;
import static io.freshet.ledger.Entries.GLOBEX;
import static io.freshet.ledger.Entries.INITECH;
import static io.freshet.ledger.Entries.NOON;
import static io.freshet.ledger.Entries.R1;
import static io.freshet.ledger.Entries.change;
import static io.freshet.ledger.Entries.empty;
import static io.freshet.ledger.Entries.ids;
import static io.freshet.ledger.Entries.key;
import static io.freshet.ledger.Entries.opened;
import static io.freshet.ledger.Entries.planned;
import static io.freshet.ledger.Entries.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.event.BatchEvent;
import io.freshet.event.Change;
import io.freshet.event.ChangeKey;
import io.freshet.event.FactKey;
import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.event.WorkspaceChanged;
import io.freshet.event.WorkspaceFact;
import io.freshet.ledger.TransactionLog.CommitResult;
import io.freshet.lineage.LineageKey;
import io.freshet.lineage.LineageRun;
import io.freshet.state.OpenBatch;
import io.freshet.state.ReportHistory;
import io.freshet.state.ReportState;
import io.freshet.state.Settled;
import io.freshet.state.Unshown;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.junit.jupiter.api.Test;

/** Nobody waits for ever, nothing is told before it is committed, and what fails costs nobody else anything. */
@SuppressWarnings("FutureReturnValueIgnored") // not every answer is of interest to every test
class LedgerWriterTest {

    private static final int PER_TRANSACTION = 10;
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    /** Takes the transactions of one generation, unless it is told to end them in another way. */
    private static final class FakeLog implements TransactionLog {
        final List<StagedTransaction> committed = new ArrayList<>();
        final ArrayDeque<CommitResult> next = new ArrayDeque<>();
        int attempts;
        int generation = 1;
        boolean isClosed;

        @Override
        public CommitResult write(StagedTransaction staged, ConsumerGroupMetadata group) {
            attempts++;
            if (!next.isEmpty()) {
                return next.remove();
            }
            if (group.generationId() != generation) {
                return new CommitResult.GenerationPassed();
            }
            committed.add(staged);
            return new CommitResult.Committed();
        }

        /** What was committed last. */
        StagedTransaction last() {
            return committed.get(committed.size() - 1);
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    /** Writes down what it hears, in words. */
    private static final class Listener implements LedgerListener {
        final List<String> heard = new ArrayList<>();
        Consumer<String> also = word -> {};

        private void hear(String word) {
            heard.add(word);
            also.accept(word);
        }

        @Override
        public void joined(String member, Set<Integer> partitions) {
            throw new AssertionError("the consumer's thread tells this");
        }

        @Override
        public void restored(int partition, RestoredPartition restored) {
            hear("restored " + partition);
        }

        @Override
        public void opened(Change change) {
            hear("opened " + change.ref().id());
        }

        @Override
        public void moved(ReportKey report, ReportState state) {
            hear("moved " + report + " " + state.name());
        }

        @Override
        public void told(RunEvent event) {
            hear("told " + event.report());
        }

        @Override
        public void told(BatchEvent event) {
            hear(event.fold(
                    planned -> "planned " + planned.batch(),
                    settled -> "settled " + settled.change().id()));
        }

        @Override
        public void changed(FactKey key, Optional<WorkspaceFact> fact) {
            hear((fact.isPresent() ? "known " : "not known ") + key.name());
        }

        @Override
        public void changed(ReportKey report, Unshown unshown) {}

        @Override
        public void changed(LineageKey run, Optional<LineageRun> known) {
            hear(known.map(LineageRun::isComplete)
                            .map(ended -> ended ? "ended " : "runs ")
                            .orElse("forgotten ")
                    + run.run());
        }

        @Override
        public void told(WorkspaceChanged event) {
            hear("told " + event.what());
        }

        @Override
        public void unproved(OpenBatch batch) {
            hear("unproved " + batch.key());
        }

        @Override
        public void forgotten(ReportKey report) {
            hear("forgotten " + report);
        }

        @Override
        public void conflicting(Change change) {
            hear("conflicting " + change.ref().id());
        }

        @Override
        public void tooLarge(Change change) {
            hear("too large " + change.ref().id());
        }

        @Override
        public CompletionStage<Void> leaving(Set<Integer> partitions) {
            throw new AssertionError("the consumer's thread tells this");
        }

        @Override
        public List<LedgerEntry> handOver(Set<Integer> partitions) {
            throw new AssertionError("the consumer's thread tells this");
        }

        @Override
        public void left(Set<Integer> partitions) {
            hear("left " + partitions);
        }
    }

    private final FakeLog log = new FakeLog();
    private final Listener listener = new Listener();
    /** The restores that were begun, each with the numbers of its assignments. */
    private final List<Map<Integer, Integer>> restores = new ArrayList<>();

    private final LedgerWriter writer =
            new LedgerWriter(Entries.PARTITIONS, log, PER_TRANSACTION, listener, restores::add, CLOCK);

    private static ConsumerGroupMetadata group(int generation) {
        return new ConsumerGroupMetadata("freshet-owners", generation, "member-1", Optional.empty());
    }

    private void assign(Integer... partitions) {
        writer.take(new WriterCommand.Assigned(Set.of(partitions), group(1)));
    }

    /** The restore that was begun last has read this of each of its partitions. */
    private void restored(RestoredPartition found) {
        restored(restores.get(restores.size() - 1), found);
    }

    private void restored(Map<Integer, Integer> assignments, RestoredPartition found) {
        var all = new HashMap<Integer, RestoredPartition>();
        assignments.keySet().forEach(partition -> all.put(partition, found));
        writer.take(new WriterCommand.Restored(assignments, all));
    }

    /** Owns acme's partition, from offset 10 on, with these changes open. */
    private void ownWith(String... ids) {
        assign(ACME);
        var changes = new HashMap<ChangeKey, Change>();
        Arrays.stream(ids).forEach(id -> changes.put(key("acme", id), change("acme", id)));
        restored(Entries.restored(Map.of(), changes, Set.of(), 10));
        listener.heard.clear();
    }

    /** Owns these partitions, in which nothing was, from offset 10 on. */
    private void own(Integer... partitions) {
        assign(partitions);
        restored(empty(10));
        listener.heard.clear();
    }

    private CompletableFuture<List<Optional<ReportState>>> enter(LedgerEntry... entries) {
        var done = new CompletableFuture<List<Optional<ReportState>>>();
        writer.take(new WriterCommand.Write(List.of(entries), done));
        return done;
    }

    private CompletableFuture<Void> revoke(Integer... partitions) {
        var done = new CompletableFuture<Void>();
        writer.take(new WriterCommand.Revoked(Set.of(partitions), done));
        return done;
    }

    // --- what goes well

    @Test
    void shouldCommitThenMoveThenAnswerThenTell() {
        ownWith("b");
        var done = enter(opened("acme", 10, "a"), planned("acme", "b", R1));
        var answered = done.thenRun(() -> assertThat(listener.heard).containsExactly("moved acme/r1 waiting"));
        listener.also = word -> assertThat(done.isDone()).as(word).isEqualTo(!word.startsWith("moved"));

        var isLeft = writer.turn();

        assertThat(isLeft).isFalse();
        assertThat(done).isCompletedWithValue(List.of(Optional.empty(), Optional.empty()));
        assertThat(log.committed).hasSize(1);
        assertThat(log.last().positions()).isEqualTo(Map.of(ACME, 11L));
        assertThat(answered).isCompleted();
        assertThat(listener.heard).containsExactly("moved acme/r1 waiting", "opened a", "planned acme/1");
    }

    @Test
    void shouldAnswerEachWithItsOwnStates() {
        ownWith("a");
        enter(planned("acme", "a", R1));
        var step = enter(step(R1, waiting -> waiting.posting(NOON, NOON)));
        var late = enter(step(R1, waiting -> waiting.posting(NOON, NOON)));

        writer.turn();

        assertThat(log.committed).as("all in one").hasSize(1);
        assertThat(step.join().get(0))
                .hasValueSatisfying(state -> assertThat(state.name()).isEqualTo("posting"));
        assertThat(late.join()).as("it waits no longer").containsExactly(Optional.empty());
    }

    @Test
    void shouldTellAChangeOnceThoughItCameTwice() {
        own(ACME);
        enter(opened("acme", 10, "a"));
        writer.turn();

        var again = enter(opened("acme", 11, "a"));
        writer.turn();

        assertThat(again).isCompleted();
        assertThat(log.last().positions()).isEqualTo(Map.of(ACME, 12L));
        assertThat(listener.heard).containsExactly("opened a");
    }

    @Test
    void shouldTakeNoMoreIntoATransactionThanItMay() {
        own(ACME);
        IntStream.range(0, 25).forEach(n -> enter(opened("acme", 10 + n, "load-" + n)));
        var larger = enter(IntStream.range(0, 15)
                .mapToObj(n -> opened("acme", 35 + n, "more-" + n))
                .toArray(LedgerEntry[]::new));

        writer.turn();

        assertThat(log.committed)
                .extracting(staged -> staged.positions().get(ACME))
                .as("what belongs together stays so")
                .containsExactly(20L, 30L, 35L, 50L);
        assertThat(larger).isCompleted();
    }

    @Test
    void shouldBeginNoTransactionForWhatIsAnothers() {
        own(ACME);

        var done = enter(opened("globex", 10, "a"), opened("globex", 11, "b"));
        writer.turn();

        assertThat(done).isCompletedWithValue(List.of(Optional.empty(), Optional.empty()));
        assertThat(log.attempts).isZero();
    }

    // --- what follows by itself

    @Test
    void shouldTellTheChangesOfALargeBatchInTransactionsThatFollow() {
        var many = ids("load-", 1_201);
        ownWith(many.toArray(String[]::new));
        var done = enter(planned("acme", many));

        var isLeft = writer.turn();

        assertThat(isLeft).isFalse();
        assertThat(done).isCompleted();
        assertThat(log.committed).hasSize(3);
        assertThat(listener.heard.stream().filter(word -> word.startsWith("settled load-")))
                .doesNotHaveDuplicates()
                .hasSize(1_201);
        assertThat(log.committed).as("each is of this generation").allSatisfy(staged -> assertThat(staged.positions())
                .isEqualTo(Map.of(ACME, 10L)));
    }

    @Test
    void shouldGoOnWithThatWhenItCouldNotBeWritten() {
        var many = ids("load-", 600);
        ownWith(many.toArray(String[]::new));
        enter(planned("acme", many));
        log.next.add(new CommitResult.Committed());
        log.next.add(new CommitResult.Aborted());

        assertThat(writer.turn()).as("it is tried again").isTrue();
        assertThat(writer.turn()).isFalse();

        assertThat(settledOf(listener.heard)).doesNotHaveDuplicates().hasSize(600);
    }

    @Test
    void shouldGoOnWithWhatTheFormerOwnerDidNotTell() {
        var former = new CommittedStore();
        var many = ids("load-", 1_201);
        former.open(many);
        former.commit(planned("acme", many));
        assertThat(former.settledIds()).isNotEmpty();
        assign(ACME);

        restored(former.image());
        writer.turn();

        var told = new ArrayList<>(former.settledIds());
        settledOf(listener.heard).forEach(told::add);
        assertThat(told).containsExactlyInAnyOrderElementsOf(many);
    }

    @Test
    void shouldTellNothingTwiceWhenItReadsBackInTheMiddle() {
        var former = new CommittedStore();
        var many = ids("load-", 1_201);
        former.open(many);
        former.commit(planned("acme", many));
        assign(ACME);
        restored(former.image());
        log.next.add(new CommitResult.Unknown());
        writer.turn();

        restored(former.image());
        writer.turn();

        assertThat(settledOf(listener.heard))
                .as("what was pending, and what the restore finds, are the same")
                .doesNotHaveDuplicates()
                .hasSize(1_201 - former.settledIds().size());
    }

    @Test
    void shouldTellThatAReportIsForgotten() {
        assign(ACME);
        restored(Entries.restored(
                Map.of(R1, new Settled(ReportHistory.EMPTY, NOON.minusSeconds(60))), Map.of(), Set.of(), 10));
        listener.heard.clear();

        enter(new LedgerEntry.Forget(ACME, NOON));
        writer.turn();

        assertThat(listener.heard).containsExactly("forgotten acme/r1");
    }

    private static Stream<String> settledOf(List<String> heard) {
        return heard.stream()
                .filter(word -> word.startsWith("settled "))
                .map(word -> word.substring("settled ".length()));
    }

    // --- what fails

    @Test
    void shouldFailTheEntryThatThrowsAndNoOther() {
        ownWith("a");
        enter(planned("acme", "a", R1));
        var fault = new IllegalStateException("nobody thought of it");
        var failing = enter(step(R1, waiting -> {
            throw fault;
        }));
        var after = enter(step(R1, waiting -> waiting.posting(NOON, NOON)));

        writer.turn();

        assertThatThrownBy(failing::join).hasCause(fault);
        assertThat(after.join().get(0)).isPresent();
    }

    @Test
    void shouldGoOnWhenAListenerThrows() {
        ownWith("c");
        listener.also = word -> {
            throw new IllegalStateException("I can't hear " + word);
        };
        var first = enter(opened("acme", 10, "a"), opened("acme", 11, "b"), planned("acme", "c", R1));
        writer.turn();

        var second = enter(opened("acme", 12, "d"));
        writer.turn();

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(listener.heard)
                .containsExactly("moved acme/r1 waiting", "opened a", "opened b", "planned acme/1", "opened d");
        assertThat(log.last().positions()).isEqualTo(Map.of(ACME, 13L));
    }

    @Test
    void shouldOpenAPartitionThoughItsListenerThrows() {
        assign(ACME, GLOBEX);
        listener.also = word -> {
            throw new IllegalStateException("I can't hear " + word);
        };

        restored(empty(10));
        var done = List.of(enter(opened("acme", 10, "a")), enter(opened("globex", 10, "b")));
        writer.turn();

        assertThat(done).allSatisfy(one -> assertThat(one).isCompleted());
    }

    @Test
    void shouldSetAsideWhatIsTooLargeAndWriteTheRest() {
        ownWith("x");
        enter(planned("acme", "x", R1));
        writer.turn();
        listener.heard.clear();
        log.next.add(new CommitResult.Refused(Set.of(Origin.of(1))));
        log.next.add(new CommitResult.Refused(Set.of(Origin.of(3))));

        var first = enter(opened("acme", 10, "a"), opened("acme", 11, "large"), opened("acme", 12, "b"));
        var step = enter(step(R1, waiting -> waiting.posting(NOON, NOON)));
        writer.turn();

        assertThat(log.last().changes()).containsOnlyKeys(key("acme", "a"), key("acme", "b"));
        assertThat(log.last().positions()).as("its position passes").isEqualTo(Map.of(ACME, 13L));
        assertThat(first).isCompleted();
        assertThat(step).isCompletedExceptionally();
        assertThat(listener.heard).containsExactly("opened a", "opened b", "too large large");
        assertThat(log.last().tooLarge())
                .as("its dead letter is in the same transaction")
                .extracting(one -> one.what().ref().id())
                .containsExactly("large");
    }

    @Test
    void shouldNotTurnForEverOverWhatIsRefusedThoughItWasSetAside() {
        own(ACME);
        log.next.add(new CommitResult.Refused(Set.of(Origin.of(0))));
        log.next.add(new CommitResult.Refused(Set.of(Origin.of(0))));
        var done = enter(opened("acme", 10, "a"));

        var isLeft = writer.turn();

        assertThat(isLeft).as("it is tried again later").isTrue();
        assertThat(done).isNotDone();
        assertThat(listener.heard).isEmpty();
        assertThat(writer.turn()).isFalse();
        assertThat(done).isCompleted();
    }

    @Test
    void shouldTryAgainWhatWasAborted() {
        own(ACME);
        log.next.add(new CommitResult.Aborted());
        var done = enter(opened("acme", 10, "a"));

        assertThat(writer.turn()).isTrue();
        assertThat(done).isNotDone();
        assertThat(listener.heard).isEmpty();

        assertThat(writer.turn()).isFalse();
        assertThat(done).isCompleted();
        assertThat(listener.heard).containsExactly("opened a");
    }

    // --- generations

    @Test
    void shouldWaitForTheGenerationOfTodayWhenItsOwnHasPassed() {
        own(ACME);
        log.generation = 2;
        var done = enter(opened("acme", 10, "a"));

        assertThat(writer.turn()).isTrue();
        assertThat(done).isNotDone();

        writer.take(new WriterCommand.GenerationChanged(group(2)));
        assertThat(writer.turn()).isFalse();
        assertThat(done).isCompleted();
        assertThat(log.committed).hasSize(1);
    }

    @Test
    void shouldWriteInTheNewGenerationWhatIsKeptInARebalance() {
        own(ACME);
        log.generation = 2;

        writer.take(new WriterCommand.Assigned(Set.of(), group(2)));
        var done = enter(opened("acme", 10, "a"));
        writer.turn();

        assertThat(restores).as("nothing is new").hasSize(1);
        assertThat(done).isCompleted();
    }

    // --- reading back

    @Test
    void shouldReadBackWhatNobodyKnows() {
        own(ACME, GLOBEX);
        log.next.add(new CommitResult.Unknown());
        var done = enter(opened("acme", 10, "a"));

        writer.turn();

        assertThat(restores.get(1).keySet()).isEqualTo(Set.of(ACME, GLOBEX));
        assertThat(done).isNotDone();
        assertThat(writer.turn()).as("nothing can be written before that").isFalse();
        assertThat(log.attempts).isOne();
    }

    @Test
    void shouldNotWriteAgainWhatWasCommittedAfterAll() {
        own(ACME);
        log.next.add(new CommitResult.Unknown());
        var done = enter(opened("acme", 10, "a"));
        writer.turn();

        restored(Entries.restored(Map.of(), Map.of(key("acme", "a"), change("acme", "a")), Set.of(), 11));
        writer.turn();

        assertThat(done).isCompleted();
        assertThat(log.attempts).isOne();
        assertThat(listener.heard).as("the restore tells what is open").containsExactly("restored " + ACME);
    }

    @Test
    void shouldWriteWhatWasNotCommitted() {
        own(ACME);
        log.next.add(new CommitResult.Unknown());
        var done = enter(opened("acme", 10, "a"));
        writer.turn();

        restored(empty(10));
        writer.turn();

        assertThat(done).isCompleted();
        assertThat(log.last().changes()).containsOnlyKeys(key("acme", "a"));
        assertThat(listener.heard).containsExactly("restored " + ACME, "opened a");
    }

    @Test
    void shouldReadBackWhenTheLogThrows() {
        own(ACME);
        var broken = new LedgerWriter(
                Entries.PARTITIONS,
                new TransactionLog() {
                    @Override
                    public CommitResult write(StagedTransaction staged, ConsumerGroupMetadata group) {
                        throw new IllegalStateException("in a state that it can't be in");
                    }

                    @Override
                    public void close() {}
                },
                PER_TRANSACTION,
                listener,
                restores::add,
                CLOCK);
        broken.take(new WriterCommand.Assigned(Set.of(ACME), group(1)));
        broken.take(new WriterCommand.Restored(restores.get(1), Map.of(ACME, empty(10))));
        broken.take(new WriterCommand.Write(List.of(opened("acme", 10, "a")), new CompletableFuture<>()));

        broken.turn();

        assertThat(restores).hasSize(3);
        assertThat(restores.get(2)).containsOnlyKeys(ACME);
    }

    @Test
    void shouldLetNobodyWaitWhenAPartitionGoesWhileItIsReadBack() {
        own(ACME, GLOBEX);
        log.next.add(new CommitResult.Unknown());
        var going = enter(opened("acme", 10, "a"), opened("acme", 11, "b"));
        var staying = enter(opened("globex", 10, "c"));
        writer.turn();

        var gone = revoke(ACME);
        restored(empty(10));
        writer.turn();

        assertThat(gone).isCompleted();
        assertThat(going).isCompletedWithValue(List.of(Optional.empty(), Optional.empty()));
        assertThat(staying).isCompleted();
        assertThat(log.last().positions()).isEqualTo(Map.of(GLOBEX, 11L));
        assertThat(listener.heard)
                .as("what was read of a partition that has gone doesn't count")
                .containsExactly("left [" + ACME + "]", "restored " + GLOBEX, "opened c");
    }

    // --- restoring

    @Test
    void shouldWaitForThePartitionThatIsBeingRestoredAndHoldUpNoOther() {
        own(GLOBEX);
        assign(ACME);
        var waiting = enter(opened("acme", 10, "a"));
        var other = enter(opened("globex", 10, "b"));

        assertThat(writer.turn())
                .as("it need not be tried again before it is restored")
                .isFalse();

        assertThat(waiting).isNotDone();
        assertThat(other).isCompleted();

        restored(empty(10));
        writer.turn();

        assertThat(waiting).isCompleted();
        assertThat(listener.heard).containsExactly("opened b", "restored " + ACME, "opened a");
    }

    @Test
    void shouldHoldUpNoOtherHoweverMuchWaits() {
        own(GLOBEX);
        assign(ACME, INITECH);
        IntStream.range(0, 3 * PER_TRANSACTION).forEach(n -> enter(opened("acme", 10 + n, "load-" + n)));

        var other = enter(opened("globex", 10, "b"));
        writer.turn();

        assertThat(other).isCompleted();
    }

    // --- partitions that go, and come back

    @Test
    void shouldWriteWhatHasComeBeforeAPartitionGoes() {
        own(ACME);
        var done = enter(opened("acme", 10, "a"));

        var gone = revoke(ACME);

        assertThat(done).isCompleted();
        assertThat(gone).isCompleted();
        assertThat(listener.heard).containsExactly("opened a", "left [" + ACME + "]");
    }

    @Test
    void shouldLetGoOfWhatCanNotBeWrittenBeforeAPartitionGoes() {
        own(ACME, GLOBEX);
        log.next.add(new CommitResult.Aborted());
        var going = enter(opened("acme", 10, "a"));
        var staying = enter(opened("globex", 10, "b"));

        var gone = revoke(ACME);

        assertThat(gone).isCompleted();
        assertThat(going).isCompletedWithValue(List.of(Optional.empty()));
        assertThat(staying).as("it is ours, and tried again").isNotDone();
        writer.turn();
        assertThat(staying).isCompleted();
        assertThat(log.last().positions()).containsOnlyKeys(GLOBEX);
    }

    @Test
    void shouldLetAPartitionGoThoughItsListenerThrows() {
        own(ACME);
        listener.also = word -> {
            throw new IllegalStateException("I can't hear " + word);
        };

        assertThat(revoke(ACME)).isCompleted();
    }

    @Test
    void shouldCountWhatWasReadForTheLastAssignmentOnly() {
        assign(ACME);
        revoke(ACME);
        assign(ACME);
        var done = enter(opened("acme", 12, "a"));

        restored(restores.get(0), empty(10));
        writer.turn();

        assertThat(done).as("the partition is still being read").isNotDone();

        restored(restores.get(1), empty(12));
        writer.turn();

        assertThat(done).isCompleted();
        assertThat(log.last().positions()).isEqualTo(Map.of(ACME, 13L));
    }

    @Test
    void shouldReadAPartitionAnewThatComesBack() {
        ownWith("a");
        enter(planned("acme", "a", R1));
        writer.turn();
        revoke(ACME);

        assign(ACME);
        restored(empty(20));
        var step = enter(step(R1, waiting -> waiting.posting(NOON, NOON)));
        writer.turn();

        assertThat(step.join()).as("nothing is left of what was known").containsExactly(Optional.empty());
    }

    @Test
    void shouldLetGoOfTheLogWhenItIsClosed() {
        writer.close();

        assertThat(log.isClosed).isTrue();
    }
}
