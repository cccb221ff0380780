package io.freshet.state;

import io.freshet.SimulatedShare;
import io.freshet.event.ReportKey;
import io.freshet.ledger.LedgerEntry;
import io.freshet.ledger.SimulatedLedger;
import io.freshet.ledger.SimulatedLedger.Draft;
import io.freshet.mode.limit.SimulatedBudget;
import io.freshet.schedule.StepQueue;
import io.freshet.state.SimulatedReplica.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A replica of a simulated cluster: the real book, stepQueue, share and budget, driven as the flow drives them, in steps
 * between which it may crash or stand still. Its calls are in {@link SimulatedCalls}.
 */
final class SimulatedMember {

    enum Flaw {
        NONE,
        /** Its transactions aren't tied to the group's generation. */
        IS_NOT_FENCED,
        /** A record is acknowledged before what it brought is saved. */
        ACKNOWLEDGES_WHAT_IT_READS,
        /** What another had is used at once. */
        USES_A_SHARE_AT_ONCE,
        /** It calls without knowing that its part of the budget is still its own. */
        CALLS_WITHOUT_A_LEASE,
        /** The same, and it doesn't look at the clock before a POST. */
        POSTS_LATE
    }

    /** Something to be written as one, and who waits for it. */
    private record Write(List<LedgerEntry> entries, Consumer<List<Optional<ReportState>>> done) {}

    private static final class Transaction {
        final List<Write> writes;
        final List<LedgerEntry> entries;
        final Draft draft;
        boolean isCommitted;

        Transaction(List<Write> writes, List<LedgerEntry> entries, Draft draft) {
            this.writes = writes;
            this.entries = entries;
            this.draft = draft;
        }
    }

    private static final int WRITES_PER_TRANSACTION = 3;
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final SimulatedWorld world;
    private final SimulatedKafka kafka;
    private final Flaw flaw;
    private final SimulatedLedger ledger = new SimulatedLedger();
    private final StepQueue stepQueue = new StepQueue();
    private final SimulatedBudget budget = new SimulatedBudget(SimulatedWorld.REQUESTS, SimulatedWorld.PERIOD);
    private final SimulatedShare share;
    private final SimulatedCalls calls;
    private final Map<Integer, Long> reading = new TreeMap<>();
    private final List<Write> pending = new ArrayList<>();
    private @Nullable Transaction open;
    private boolean isEntering;
    private boolean isUp = true;
    private int generation = -1;

    SimulatedMember(SimulatedWorld world, SimulatedKafka kafka, Flaw flaw, boolean isNewGroup) {
        this.world = world;
        this.kafka = kafka;
        this.flaw = flaw;
        this.share = new SimulatedShare(SimulatedWorld.PARTITIONS, isNewGroup);
        this.calls = new SimulatedCalls(world, stepQueue, budget, this::move, flaw);
    }

    boolean isUp() {
        return isUp;
    }

    /** It stands still, or is no more. What has left arrives. */
    void halts() {
        isUp = false;
        calls.arrive();
    }

    void goesOn() {
        isUp = true;
    }

    void heartbeats() {
        if (!kafka.hears(this)) {
            List.copyOf(reading.keySet()).forEach(this::lost);
            kafka.join(this);
        }
        leaseFrom(world.now());
    }

    private void leaseFrom(Instant asked) {
        var hasNone = flaw == Flaw.CALLS_WITHOUT_A_LEASE || flaw == Flaw.POSTS_LATE;
        budget.lease(hasNone ? Instant.MAX : asked.plus(SimulatedKafka.SESSION).minus(HEARTBEAT));
    }

    /** The group has a new generation, in which these partitions are its own as well. */
    void assigned(int ofGeneration, Collection<Integer> partitions) {
        generation = ofGeneration;
        share.assigned(partitions);
        for (var partition : partitions) {
            reading.put(partition, kafka.position(partition));
            restore(partition);
            share.gained(partition);
            tellShare();
        }
    }

    private void restore(int partition) {
        ledger.open(partition, kafka.states(partition), kafka.position(partition));
        kafka.states(partition).forEach((report, state) -> stepQueue.put(partition, report, state));
        stepQueue.open(partition);
    }

    /** In an orderly way. Now and then there is time for what is under way. */
    void revoked(int partition) {
        var unused = stepQueue.leave(Set.of(partition));
        for (var n = 0; n < generation % 3 * 4; n++) {
            step(0, Fate.TAKEN);
        }
        calls.arrive();
        if (open != null && !open.isCommitted) {
            commit(Fate.TAKEN);
        }
        lost(partition);
    }

    private void lost(int partition) {
        if (open != null && open.isCommitted) {
            keep(open);
        }
        open = null;
        reading.remove(partition);
        ledger.close(partition);
        stepQueue.left(Set.of(partition));
        share.lost(partition);
        tellShare();
    }

    private void tellShare() {
        budget.share(share.share(), share.isTakenOver() && flaw != Flaw.USES_A_SHARE_AT_ONCE, world.now());
    }

    /** Does one thing of those that it can do now; false where there is nothing to do before time passes. */
    boolean step(int which, Fate fate) {
        var possible = possible();
        if (possible.isEmpty()) {
            return false;
        }
        possible.get(which % possible.size()).accept(fate);
        return true;
    }

    private List<Consumer<Fate>> possible() {
        var possible = new ArrayList<>(calls.possible());
        var transaction = open;
        if (transaction != null) {
            possible.add(transaction.isCommitted ? fate -> keep(transaction) : this::commit);
        } else if (!pending.isEmpty()) {
            possible.add(fate -> draft());
        }
        if (!isEntering
                && reading.entrySet().stream().anyMatch(one -> !unread(one).isEmpty())) {
            possible.add(fate -> enter());
        }
        return possible;
    }

    private List<LedgerEntry.Refresh> unread(Map.Entry<Integer, Long> partition) {
        return kafka.read(partition.getKey(), partition.getValue());
    }

    /** What has been read is entered as one, and nothing more is read before that is done with. */
    private void enter() {
        var entries = new ArrayList<LedgerEntry.Refresh>();
        for (var partition : reading.entrySet()) {
            for (var read : unread(partition)) {
                entries.add(read);
                partition.setValue(read.offset() + 1);
                if (flaw == Flaw.ACKNOWLEDGES_WHAT_IT_READS) {
                    kafka.acknowledge(read);
                }
            }
        }
        isEntering = true;
        var isEachOfItsOwn =
                entries.stream().map(LedgerEntry.Refresh::report).distinct().count() == entries.size();
        var entering = entries.stream()
                .map(read -> isEachOfItsOwn ? calls.atOnce(read) : SimulatedCalls.Entering.inTurn(read))
                .toList();
        pending.add(new Write(
                entering.stream()
                        .<LedgerEntry>map(SimulatedCalls.Entering::entry)
                        .toList(),
                results -> entered(entering, results)));
    }

    private void entered(List<SimulatedCalls.Entering> entering, List<Optional<ReportState>> results) {
        isEntering = false;
        for (var n = 0; n < entering.size(); n++) {
            entering.get(n).entered().accept(results.get(n));
        }
    }

    private void move(
            ReportKey report, Function<ReportState, Optional<Transition>> step, Consumer<Optional<ReportState>> done) {
        pending.add(
                new Write(List.of(new LedgerEntry.StateChange(report, step)), results -> done.accept(results.get(0))));
    }

    private void draft() {
        var writes = List.copyOf(pending.subList(0, Math.min(WRITES_PER_TRANSACTION, pending.size())));
        var entries = writes.stream().flatMap(write -> write.entries().stream()).toList();
        var transaction = new Transaction(writes, entries, ledger.draft(entries));
        transaction.isCommitted = transaction.draft.isBlank();
        open = transaction;
    }

    /** It may be refused, aborted, or lost, and then nobody knows. */
    private void commit(Fate fate) {
        var transaction = Objects.requireNonNull(open);
        var isTried = fate != Fate.THROTTLED && fate != Fate.LOST_BEFORE;
        transaction.isCommitted = isTried && kafka.commit(generation, transaction.entries, transaction.draft);
        if (fate == Fate.LOST_BEFORE || fate == Fate.LOST_AFTER) {
            open = null;
            reading.keySet().forEach(this::restore);
        } else if (!transaction.isCommitted) {
            open = null;
        }
    }

    private void keep(Transaction transaction) {
        open = null;
        ledger.keep(transaction.draft);
        pending.removeAll(transaction.writes);
        transaction
                .draft
                .states()
                .forEach((report, state) -> stepQueue.put(SimulatedWorld.partition(report), report, state));
        var from = 0;
        for (var write : transaction.writes) {
            var to = from + write.entries().size();
            write.done().accept(transaction.draft.results().subList(from, to));
            from = to;
        }
    }
}
