package io.freshet.ledger;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells the ledger which partitions of the inbox are this replica's, and in which generation of the group.
 * Called on the consumer's polling thread; Kafka hands no partition on before {@code onPartitionsRevoked} has returned.
 */
@ApplicationScoped
@Identifier("inbox") public class InboxPartitions implements KafkaConsumerRebalanceListener {

    private final Ledger ledger;

    InboxPartitions(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        ledger.assigned(numbers(partitions), consumer.groupMetadata());
    }

    /** The group's generation may be a new one already: with the one before, nothing could be written any more. */
    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            ledger.revoked(numbers(partitions), consumer.groupMetadata())
                    .await()
                    .indefinitely();
        }
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toUnmodifiableSet());
    }
}
