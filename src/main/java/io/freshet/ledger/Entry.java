package io.freshet.ledger;

import io.freshet.event.ReportKey;
import io.freshet.refresh.Standing;
import io.freshet.refresh.Transition;
import io.freshet.refresh.Wish;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One thing to be written into the ledger. Entries are written in the order in which they come. */
public sealed interface Entry {

    /** A record of the refresh topic has been read: its position moves on together with what it brought. */
    sealed interface Arrived extends Entry {
        int partition();

        long offset();
    }

    /** A refresh for a report of this partition. */
    record Wished(int partition, long offset, ReportKey report, Wish wish) implements Arrived {}

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
        PassedOn smaller() {
            return new PassedOn(partition, offset, ifTooLarge, ifTooLarge);
        }
    }

    /** A step for a report; it comes to nothing where the report stands in another state by now, or has another owner. */
    record Moved(ReportKey report, Function<Standing, Optional<Transition>> step) implements Entry {}
}
