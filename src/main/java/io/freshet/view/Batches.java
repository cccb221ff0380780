package io.freshet.view;

import io.freshet.event.BatchKey;
import io.netty.util.collection.LongObjectHashMap;
import java.time.Instant;
import java.util.Optional;

/** The batches of one workspace by their numbers, and how far each has come. Plain Java, for one thread at a time. */
final class Batches {

    private final LongObjectHashMap<Batch> batches = new LongObjectHashMap<>();
    private final BatchCounts counts = new BatchCounts();

    void put(long number, Batch batch) {
        batches.put(number, batch);
    }

    void forget(long number) {
        batches.remove(number);
    }

    boolean isKnown(long number) {
        return batches.containsKey(number);
    }

    Optional<Batch> find(long number) {
        return Optional.ofNullable(batches.get(number));
    }

    /** Of the reports that carry them, or have come to their end for them. */
    BatchCounts counts() {
        return counts;
    }

    RunCounts runs(long number, Batch batch) {
        return batch.settled().map(Batch.End::runs).orElseGet(() -> counts.of(number, batch.leftOut()));
    }

    BatchStatus status(BatchKey key, Batch batch) {
        return new BatchStatus(
                key,
                Instant.ofEpochMilli(batch.plannedMillis()),
                batch.changes(),
                runs(key.number(), batch),
                batch.settled().map(Batch.End::told),
                Optional.empty());
    }

    /** How many changes the batches of these numbers have, as far as they are there. */
    int changesOf(Iterable<Long> numbers) {
        var sum = 0;
        for (var number : numbers) {
            sum += find(number).map(Batch::changes).orElse(0);
        }
        return sum;
    }

    /** Each with its number, in no order. */
    void forEach(BatchConsumer consumer) {
        batches.entries().forEach(entry -> consumer.accept(entry.key(), entry.value()));
    }

    interface BatchConsumer {
        void accept(long number, Batch batch);
    }
}
