package io.freshet.ledger;

import io.freshet.event.ReportKey;
import io.freshet.refresh.Standing;
import io.freshet.refresh.Transition;
import io.freshet.refresh.Waiting;
import io.freshet.refresh.Wish;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One thing to be written into the ledger. Entries are written in the order in which they come. */
public sealed interface Entry {

    /** A record of the refresh topic has been read: its position moves on together with what it brought. */
    sealed interface Arrived extends Entry {
        int partition();

        long offset();
    }

    /** What is written instead where the broker finds this too large; empty where there is nothing smaller. */
    default Optional<Entry> smaller() {
        return Optional.empty();
    }

    /**
     * A refresh for a report of this partition.
     *
     * @param atOnce the step that is taken in the same transaction, where the report waits then; empty where the step
     *     has to wait for its turn
     * @param ifTooLarge its dead letter, which is written instead where the memory has no room for it
     */
    record Wished(
            int partition,
            long offset,
            ReportKey report,
            Wish wish,
            Optional<Function<Waiting, Transition>> atOnce,
            Supplier<PassedOn> ifTooLarge)
            implements Arrived {

        public Wished(int partition, long offset, ReportKey report, Wish wish, Supplier<PassedOn> ifTooLarge) {
            this(partition, offset, report, wish, Optional.empty(), ifTooLarge);
        }

        /** The same with a step that is taken at once. */
        public Wished with(Function<Waiting, Transition> step) {
            return new Wished(partition, offset, report, wish, Optional.of(step), ifTooLarge);
        }

        @Override
        public Optional<Entry> smaller() {
            return Optional.of(ifTooLarge.get());
        }
    }

    /**
     * A record that belongs elsewhere: a refresh in the wrong partition, or a dead letter.
     *
     * @param ifTooLarge goes out instead where the broker finds the record too large
     */
    record PassedOn(
            int partition,
            long offset,
            ProducerRecord<byte[], byte[]> record,
            ProducerRecord<byte[], byte[]> ifTooLarge)
            implements Arrived {
        @Override
        public Optional<Entry> smaller() {
            return record.equals(ifTooLarge)
                    ? Optional.empty()
                    : Optional.of(new PassedOn(partition, offset, ifTooLarge, ifTooLarge));
        }
    }

    /** A step for a report; it comes to nothing where the report stands in another state by now, or has another owner. */
    record Moved(ReportKey report, Function<Standing, Optional<Transition>> step) implements Entry {}
}
