package io.freshet.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Offsets of a group, of which no undecided transaction will commit others. The admin client leaves a partition out of its answer
 * whose offset a transaction holds, with a line of its log, as it does with any failure of one; so what it left out is asked
 * again.
 */
final class StableOffsets {

    private static final Duration PAUSE = Duration.ofMillis(200);
    /** Then it is said what is waited for, and asked anew. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(15);

    private static final ListConsumerGroupOffsetsOptions STABLE = new ListConsumerGroupOffsetsOptions()
            .requireStable(true)
            .timeoutMs(Math.toIntExact(LONGEST_TRANSACTION.toMillis()));

    private final Admin admin;
    private final String group;

    StableOffsets(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /** Those of these partitions; null where nothing was ever committed. */
    Map<TopicPartition, OffsetAndMetadata> of(List<TopicPartition> inputs) {
        var patience = System.nanoTime() + LONGEST_TRANSACTION.toNanos();
        var committed = ask(inputs);
        while (!committed.keySet().containsAll(inputs)) {
            if (System.nanoTime() > patience) {
                throw untold(inputs, null);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            committed = ask(inputs);
        }
        return committed;
    }

    private Map<TopicPartition, OffsetAndMetadata> ask(List<TopicPartition> inputs) {
        try {
            return ChangelogReader.answer(admin.listConsumerGroupOffsets(
                            Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(inputs)), STABLE)
                    .partitionsToOffsetAndMetadata(group));
        } catch (KafkaException e) {
            throw untold(inputs, e);
        }
    }

    private KafkaException untold(List<TopicPartition> inputs, @Nullable KafkaException cause) {
        return new KafkaException(
                "Kafka doesn't tell the offsets of %s in the group %s, as it does not while a transaction is open that holds them (docs/runbook.md, Hanging transactions)%s"
                        .formatted(inputs, group, cause == null ? "" : ": " + cause.getMessage()),
                cause);
    }
}
