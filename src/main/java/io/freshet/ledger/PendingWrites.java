package io.freshet.ledger;

import io.freshet.ledger.WriterCommand.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** What is to be written, in the order in which it came. Not for several threads. */
final class PendingWrites {

    private final int mostEntries;
    private final List<Write> writes = new ArrayList<>();

    /** @param mostEntries how many one transaction takes; a write that has more goes alone */
    PendingWrites(int mostEntries) {
        this.mostEntries = mostEntries;
    }

    void add(Write write) {
        writes.add(write);
    }

    /** An entry that nobody waits for. */
    void add(LedgerEntry entry) {
        add(new Write(List.of(entry), new CompletableFuture<>()));
    }

    /** As many of the oldest as fit one transaction, of those that can be written now. They stay pending. */
    List<Write> batch(Predicate<Write> canBeWritten) {
        var batch = new ArrayList<Write>();
        var entries = 0;
        for (var write : writes) {
            if (entries > 0 && entries + write.entries().size() > mostEntries) {
                break;
            }
            if (canBeWritten.test(write)) {
                batch.add(write);
                entries += write.entries().size();
            }
        }
        return batch;
    }

    void remove(List<Write> done) {
        var these = Collections.<Write>newSetFromMap(new IdentityHashMap<>());
        these.addAll(done);
        writes.removeIf(these::contains);
    }

    /** Takes them out: they will not be written. */
    List<Write> take(Predicate<Write> which) {
        var taken = writes.stream().filter(which).toList();
        remove(taken);
        return taken;
    }
}
