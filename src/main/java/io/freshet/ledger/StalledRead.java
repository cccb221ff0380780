package io.freshet.ledger;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Looks after a read that gets no further: what holds it up, and whether its end can still be reached. */
final class StalledRead {

    private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

    private final Map<TopicPartition, Long> wanted;
    private final Function<Collection<TopicPartition>, Map<TopicPartition, Long>> ends;
    private final Consumer<String> waits;
    private final LongSupplier nanos;
    private long moved;
    private long looked;

    /**
     * @param wanted where the read is to end
     * @param ends asks for the ends of logs as they are now, for readers of all that there is
     * @param waits hears what holds it up
     */
    StalledRead(
            Map<TopicPartition, Long> wanted,
            Function<Collection<TopicPartition>, Map<TopicPartition, Long>> ends,
            Consumer<String> waits) {
        this(wanted, ends, waits, System::nanoTime);
    }

    StalledRead(
            Map<TopicPartition, Long> wanted,
            Function<Collection<TopicPartition>, Map<TopicPartition, Long>> ends,
            Consumer<String> waits,
            LongSupplier nanos) {
        this.wanted = wanted;
        this.ends = ends;
        this.waits = waits;
        this.nanos = nanos;
        movesOn();
    }

    void movesOn() {
        moved = nanos.getAsLong();
        looked = moved;
    }

    /**
     * It has got no further. Asks the brokers now and then.
     *
     * @throws KafkaException if there is no such end any more, or no broker says: then it is to be read anew
     */
    void look(ToLongFunction<TopicPartition> position) {
        var now = nanos.getAsLong();
        if (now - looked < PATIENCE) {
            return;
        }
        looked = now;
        var behind = wanted.keySet().stream()
                .filter(log -> position.applyAsLong(log) < end(wanted, log))
                .toList();
        var present = ends.apply(behind);
        for (var log : behind) {
            if (end(present, log) < end(wanted, log)) {
                throw new KafkaException(
                        "%s has become shorter: it ended at offset %d, and ends at %d now. A broker has lost records, or the topic was made anew"
                                .formatted(log, end(wanted, log), end(present, log)));
            }
        }
        waits.accept(
                "for %ds an open transaction has held up %s. Kafka ends it when its timeout is over; if it does not, end it by kafka-transactions.sh: docs/runbook.md, Hanging transactions"
                        .formatted(
                                Duration.ofNanos(now - moved).toSeconds(),
                                behind.stream()
                                        .map(log -> "%s at offset %d of %d"
                                                .formatted(log, position.applyAsLong(log), end(wanted, log)))
                                        .collect(Collectors.joining(", "))));
    }

    private static long end(Map<TopicPartition, Long> ends, TopicPartition log) {
        return ends.getOrDefault(log, 0L);
    }
}
