package io.freshet;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells the budget which partitions of the change topic are this replica's. All of them each time, as the consumer has
 * them: a replica that was thrown out of the group can't commit, and then the connector doesn't say what was lost.
 */
@ApplicationScoped
@Identifier("changes") class ChangePartitionsOwned implements KafkaConsumerRebalanceListener {

    private final BudgetShare budgetShare;
    private final Membership membership;

    ChangePartitionsOwned(BudgetShare budgetShare, Membership membership) {
        this.budgetShare = budgetShare;
        this.membership = membership;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        membership.joined("changes", consumer.groupMetadata().memberId());
        owned(consumer, Set.of());
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        owned(consumer, partitions);
    }

    private void owned(Consumer<?, ?> consumer, Collection<TopicPartition> without) {
        budgetShare.changesAre(consumer.assignment().stream()
                .filter(partition -> !without.contains(partition))
                .map(TopicPartition::partition)
                .collect(Collectors.toSet()));
    }
}
