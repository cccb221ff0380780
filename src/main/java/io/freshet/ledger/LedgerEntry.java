package io.freshet.ledger;

import io.freshet.event.ReportKey;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportState;
import io.freshet.state.Transition;
import io.freshet.state.Waiting;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One thing to be written into the ledger. Entries are written in the order in which they come. */
public sealed interface LedgerEntry {

    /** A record of the refresh topic has been read: its position moves on together with what it brought. */
    sealed interface Arrived extends LedgerEntry {
        int partition();

        long offset();
    }

    /** What is written instead where the broker finds this too large; empty where there is nothing smaller. */
    default Optional<LedgerEntry> smaller() {
        return Optional.empty();
    }

    /**
     * A refresh for a report of this partition.
     *
     * @param atOnce the step that is taken in the same transaction, where the report waits then; empty where the step
     *     has to wait for its turn
     * @param ifTooLarge its dead letter, which is written instead where the memory has no room for it
     */
    record Refresh(
            int partition,
            long offset,
            ReportKey report,
            RefreshRequest request,
            Optional<Function<Waiting, Transition>> atOnce,
            Supplier<Forwarded> ifTooLarge)
            implements Arrived {

        public Refresh(
                int partition, long offset, ReportKey report, RefreshRequest request, Supplier<Forwarded> ifTooLarge) {
            this(partition, offset, report, request, Optional.empty(), ifTooLarge);
        }

        /** The same with a step that is taken at once. */
        public Refresh with(Function<Waiting, Transition> step) {
            return new Refresh(partition, offset, report, request, Optional.of(step), ifTooLarge);
        }

        @Override
        public Optional<LedgerEntry> smaller() {
            return Optional.of(ifTooLarge.get());
        }
    }

    /**
     * A record that belongs elsewhere: a refresh in the wrong partition, or a dead letter.
     *
     * @param ifTooLarge goes out instead where the broker finds the record too large
     */
    record Forwarded(
            int partition,
            long offset,
            ProducerRecord<byte[], byte[]> record,
            ProducerRecord<byte[], byte[]> ifTooLarge)
            implements Arrived {
        @Override
        public Optional<LedgerEntry> smaller() {
            return record.equals(ifTooLarge)
                    ? Optional.empty()
                    : Optional.of(new Forwarded(partition, offset, ifTooLarge, ifTooLarge));
        }
    }

    /** A step for a report; it comes to nothing where the report stands in another state by now, or has another owner. */
    record StateChange(ReportKey report, Function<ReportState, Optional<Transition>> step) implements LedgerEntry {}
}
