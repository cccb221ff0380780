package io.freshet.ledger;

import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/** Where transactions are written: Kafka. It is an interface, so that a test can stand in for Kafka. */
interface TransactionLog extends AutoCloseable {

    /** How the writing of a transaction ended. */
    sealed interface CommitResult {

        /** As it is spelled in metrics. */
        String word();

        /** All of it is written. */
        record Committed() implements CommitResult {
            @Override
            public String word() {
                return "committed";
            }
        }

        /** Nothing of it was written. It may be tried again. */
        record Aborted() implements CommitResult {
            @Override
            public String word() {
                return "aborted";
            }
        }

        /**
         * Nothing of it was written, and nothing would be if it were tried again with these parts of it.
         *
         * @param origins what brings records that are too large or can't be made
         */
        record Refused(Set<Origin> origins) implements CommitResult {
            public Refused {
                origins = Set.copyOf(origins);
            }

            @Override
            public String word() {
                return "too_large";
            }
        }

        /** The group has moved on to another generation: nothing was written. */
        record GenerationPassed() implements CommitResult {
            @Override
            public String word() {
                return "generation_passed";
            }
        }

        /** Nobody knows: what was committed must be read back. */
        record Unknown() implements CommitResult {
            @Override
            public String word() {
                return "unknown";
            }
        }
    }

    /** Whether transactions can be begun. It is found out here, before there is anything to write. */
    default boolean isReady() {
        return true;
    }

    /** Doesn't return before the fate of the transaction is known, or can't be. */
    CommitResult write(StagedTransaction staged, ConsumerGroupMetadata group);

    /** Lets go of what is open. The next transaction opens it anew. */
    @Override
    void close();
}
