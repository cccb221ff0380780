package io.freshet.ledger;

import io.freshet.event.WorkspacePartitions;
import io.freshet.ledger.TransactionLog.CommitResult;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The single writer of the ledger, without a thread of its own: it is told what to do, and writes when it is its turn. All
 * that has come in while a transaction was under way goes into the next one, so that a thousand steps cost a few
 * transactions. Whatever throws costs the entry that threw, and no other.
 */
final class LedgerWriter {

    private static final Logger LOG = Logger.getLogger(LedgerWriter.class);

    private final TransactionLog log;
    private final SafeListener listener;
    private final Consumer<Map<Integer, Integer>> beginRestore;
    private final Clock clock;
    private final StateStore store;
    /** Of these partitions, one that isn't in the store is being restored. */
    private final Assignments assignments = new Assignments();

    private final PendingWrites pending;
    private @Nullable ConsumerGroupMetadata group;

    /** @param beginRestore begins to restore the partitions, each with the number of its assignment */
    LedgerWriter(
            WorkspacePartitions partitions,
            TransactionLog log,
            int entriesPerTransaction,
            LedgerListener listener,
            Consumer<Map<Integer, Integer>> beginRestore,
            Clock clock) {
        this.store = new StateStore(partitions);
        this.log = log;
        this.pending = new PendingWrites(entriesPerTransaction);
        this.listener = new SafeListener(listener);
        this.beginRestore = beginRestore;
        this.clock = clock;
    }

    /** Takes a command. What is to be written is written by the next {@link #turn}. */
    void take(WriterCommand command) {
        if (command instanceof WriterCommand.Write write) {
            pending.add(write);
        } else if (command instanceof WriterCommand.Assigned assigned) {
            group = assigned.group();
            restore(assigned.partitions());
        } else if (command instanceof WriterCommand.GenerationChanged changed) {
            group = changed.group();
        } else if (command instanceof WriterCommand.Restored restored) {
            restored.found().forEach((partition, found) -> open(partition, found, restored.assignments()));
        } else if (command instanceof WriterCommand.Revoked revoked) {
            revoke(revoked);
        } else {
            throw new IllegalStateException("a command that nobody takes: " + command);
        }
    }

    private void restore(Set<Integer> partitions) {
        if (!partitions.isEmpty()) {
            partitions.forEach(store::close);
            beginRestore.accept(assignments.begin(partitions));
        }
    }

    private void open(int partition, RestoredPartition found, Map<Integer, Integer> assignment) {
        if (assignments.isCurrent(partition, assignment)) {
            store.open(partition, found).forEach(pending::add);
            listener.restored(partition, found);
        }
    }

    private void revoke(WriterCommand.Revoked revoked) {
        try {
            turn();
        } finally {
            assignments.end(revoked.partitions());
            revoked.partitions().forEach(store::close);
            // At once: if a part of it waited, and the partition came back, it would be ahead of what is read again.
            pending.take(write -> revoked.partitions().contains(partitionOf(write)))
                    .forEach(WriterCommand.Write::hadNoEffect);
            listener.left(revoked.partitions());
            revoked.done().complete(null);
        }
    }

    /** Writes all that can be written now. Whether something is left that is to be tried again soon. */
    boolean turn() {
        var batch = batch();
        while (!batch.isEmpty() && write(batch)) {
            batch = batch();
        }
        return !batch.isEmpty();
    }

    private List<WriterCommand.Write> batch() {
        return pending.batch(write -> !waitsForRestore(partitionOf(write)));
    }

    private boolean waitsForRestore(int partition) {
        return assignments.owns(partition) && !store.has(partition);
    }

    private int partitionOf(WriterCommand.Write write) {
        return store.partitionOf(write.entries().get(0));
    }

    /** Whether the batch is done with. If it isn't, it stays pending. */
    private boolean write(List<WriterCommand.Write> batch) {
        var entries = batch.stream().flatMap(write -> write.entries().stream()).toList();
        var setAside = new HashSet<Origin>();
        var staged = store.stage(entries, setAside, clock.instant());
        var result = commit(staged);
        // What can't be written stays out, and so holds up nothing else.
        while (result instanceof CommitResult.Refused refused && setAside.addAll(refused.origins())) {
            staged = store.stage(entries, setAside, clock.instant());
            result = commit(staged);
        }
        if (result instanceof CommitResult.Committed) {
            done(staged, batch);
            setAside.stream().filter(Origin::isWholeEntry).forEach(one -> setAside(entries.get(one.entry())));
            return true;
        }
        if (result instanceof CommitResult.Unknown) {
            readBack();
        }
        return false;
    }

    private void setAside(LedgerEntry entry) {
        if (entry instanceof LedgerEntry.Opened opened) {
            listener.tooLarge(opened.change());
        }
    }

    private CommitResult commit(StagedTransaction staged) {
        if (staged.isEmpty()) {
            return new CommitResult.Committed();
        }
        var generation = group;
        if (generation == null) {
            return new CommitResult.Aborted();
        }
        try {
            return log.write(staged, generation);
        } catch (RuntimeException e) {
            LOG.errorf(e, "transaction=unknown: the log failed in a way that nobody thought of");
            return new CommitResult.Unknown();
        }
    }

    /**
     * Where reports are now comes first: whoever waits for a step goes on with it. If the queue of steps heard of it only
     * afterwards, it would take the end of a POST for one without an answer, and look for its run.
     */
    private void done(StagedTransaction staged, List<WriterCommand.Write> batch) {
        store.apply(staged);
        pending.remove(batch);
        listener.moved(staged);
        var from = 0;
        for (var write : batch) {
            var to = from + write.entries().size();
            write.complete(staged.results().subList(from, to));
            from = to;
        }
        listener.told(staged);
        staged.unfinished().forEach(key -> pending.add(new LedgerEntry.Settle(key)));
        staged.releases().later().forEach(key -> pending.add(new LedgerEntry.Release(key)));
    }

    private void readBack() {
        LOG.warnf("reading back what was committed partitions=%s", assignments.partitions());
        restore(assignments.partitions());
    }

    /** Nothing is written any more. */
    void close() {
        log.close();
    }
}
