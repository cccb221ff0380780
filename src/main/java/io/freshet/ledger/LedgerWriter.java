package io.freshet.ledger;

import io.freshet.ledger.TransactionWriter.CommitResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes the ledger. All that has come in while a transaction was under way goes into the next
 * one, so that a thousand steps cost a few transactions.
 */
final class LedgerWriter implements Runnable {

    private static final Logger LOG = Logger.getLogger(LedgerWriter.class);
    private static final Duration RETRY = Duration.ofMillis(100);

    private final BlockingQueue<WriterCommand> tasks;
    private final TransactionWriter journal;
    private final int entriesPerPage;
    private final LedgerListener listener;
    private final Consumer<Map<Integer, Integer>> beginRestore;

    private final StateStore book = new StateStore();
    /** Of these partitions, one that isn't in the book is being restored. */
    private final Assignments assignments = new Assignments();

    private final List<WriterCommand.Write> pending = new ArrayList<>();
    private boolean readingBack;
    private @Nullable ConsumerGroupMetadata group;

    /** @param beginRestore begins to restore the partitions, of which it gets the number of the assignment as well */
    LedgerWriter(
            BlockingQueue<WriterCommand> tasks,
            TransactionWriter journal,
            int entriesPerPage,
            LedgerListener listener,
            Consumer<Map<Integer, Integer>> beginRestore) {
        this.tasks = tasks;
        this.journal = journal;
        this.entriesPerPage = entriesPerPage;
        this.listener = listener;
        this.beginRestore = beginRestore;
    }

    @Override
    public void run() {
        try {
            WriterCommand task = null;
            while (!(task instanceof WriterCommand.Stop)) {
                task = pending.isEmpty() ? tasks.take() : tasks.poll(RETRY.toMillis(), TimeUnit.MILLISECONDS);
                while (task != null && !(task instanceof WriterCommand.Stop)) {
                    take(task);
                    task = tasks.poll();
                }
                writePending();
            }
            ((WriterCommand.Stop) task).done().complete(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            journal.close();
        }
    }

    private void take(WriterCommand task) {
        if (task instanceof WriterCommand.Write write) {
            pending.add(write);
        } else if (task instanceof WriterCommand.Assigned assigned) {
            group = assigned.group();
            restore(assigned.partitions());
        } else if (task instanceof WriterCommand.GenerationChanged changed) {
            group = changed.group();
        } else if (task instanceof WriterCommand.Restored restored) {
            restored.found().forEach((partition, found) -> open(partition, found, restored.assignments()));
        } else if (task instanceof WriterCommand.Revoked revoked) {
            writePending();
            assignments.end(revoked.partitions());
            revoked.partitions().forEach(book::close);
            forget(revoked.partitions());
            listener.left(revoked.partitions());
            revoked.done().complete(null);
        } else {
            throw new IllegalStateException("a task that nobody takes: " + task);
        }
    }

    private void restore(Set<Integer> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        partitions.forEach(book::close);
        beginRestore.accept(assignments.begin(partitions));
    }

    private void open(int partition, ChangelogReader.Found found, Map<Integer, Integer> assignment) {
        if (assignments.isCurrent(partition, assignment)) {
            book.open(partition, found.states(), found.position());
            listener.restored(partition, found.states());
        }
        readingBack = readingBack && !assignments.partitions().stream().allMatch(book::has);
    }

    /** What was read comes to nothing, at once: if a part of it waited, and the partition came back, it would be ahead. */
    private void forget(Set<Integer> partitions) {
        var read =
                pending.stream().filter(write -> write.isReadFrom(partitions)).toList();
        remove(read);
        read.forEach(WriterCommand.Write::comeToNothing);
    }

    private void remove(List<WriterCommand.Write> writes) {
        var these = Collections.<WriterCommand.Write>newSetFromMap(new IdentityHashMap<>());
        these.addAll(writes);
        pending.removeIf(these::contains);
    }

    /** Writes all that can be written now; the rest stays pending, in order. */
    private void writePending() {
        var batch = batch();
        while (!batch.isEmpty() && write(batch)) {
            batch = batch();
        }
    }

    /** As many of the oldest writes as fit one page, without those that wait for a restore. */
    private List<WriterCommand.Write> batch() {
        var batch = new ArrayList<WriterCommand.Write>();
        var entries = 0;
        for (var write : pending) {
            if (entries > 0 && entries + write.entries().size() > entriesPerPage) {
                break;
            }
            if (write.entries().stream().noneMatch(this::waitsForRestore)) {
                batch.add(write);
                entries += write.entries().size();
            }
        }
        return batch;
    }

    private boolean waitsForRestore(LedgerEntry entry) {
        return entry instanceof LedgerEntry.Arrived arrived
                ? assignments.owns(arrived.partition()) && !book.has(arrived.partition())
                : readingBack;
    }

    /** Whether the batch is done with; where it isn't, it stays pending. */
    private boolean write(List<WriterCommand.Write> batch) {
        try {
            var page = book.write(
                    batch.stream().flatMap(write -> write.entries().stream()).toList());
            var written = page.isBlank() ? CommitResult.COMMITTED : journal.write(page, Objects.requireNonNull(group));
            return switch (written) {
                case COMMITTED -> keep(page, batch);
                case ABORTED, GENERATION_PASSED -> false;
                case TOO_LARGE -> oneByOne(batch, null);
                case UNKNOWN -> readBack();
            };
        } catch (RuntimeException e) {
            return oneByOne(batch, e);
        }
    }

    private boolean keep(StagedTransaction page, List<WriterCommand.Write> batch) {
        book.keep(page);
        remove(batch);
        page.states().forEach((report, state) -> listener.moved(book.partitionOf(report), report, state));
        page.told().forEach(listener::told);
        var from = 0;
        for (var write : batch) {
            var to = from + write.entries().size();
            write.done().complete(List.copyOf(page.results().subList(from, to)));
            from = to;
        }
        return true;
    }

    /** One entry can't be written: the others must not suffer. What was read is written in order all the same. */
    private boolean oneByOne(List<WriterCommand.Write> batch, @Nullable RuntimeException failure) {
        if (batch.size() > 1) {
            return write(batch.subList(0, batch.size() / 2));
        }
        var write = batch.get(0);
        if (write.entries().size() > 1) {
            return replace(write, write.split());
        }
        var smaller = write.smaller();
        if (failure == null && smaller.isPresent()) {
            return replace(write, List.of(smaller.get()));
        }
        LOG.errorf(failure, "an entry can't be written and is given up entries=%s", write.entries());
        pending.remove(write);
        write.done()
                .completeExceptionally(
                        failure == null ? new IllegalStateException("too large for a record: " + write) : failure);
        return true;
    }

    private boolean replace(WriterCommand.Write write, List<WriterCommand.Write> by) {
        var place = pending.indexOf(write);
        pending.remove(place);
        pending.addAll(place, by);
        return true;
    }

    private boolean readBack() {
        var owned = assignments.partitions();
        LOG.warnf("reading back what was committed partitions=%s", owned);
        readingBack = true;
        restore(owned);
        return false;
    }
}
