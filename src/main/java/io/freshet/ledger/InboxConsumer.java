package io.freshet.ledger;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.impl.ReactiveKafkaConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** The consumer by which this replica is in the group of the owners. */
@ApplicationScoped
class InboxConsumer implements OwnersGroup, InboxFlow {

    private static final Logger LOG = Logger.getLogger(InboxConsumer.class);
    private static final String CHANNEL = "inbox";

    private final KafkaClientService clients;
    private final Executor workers;
    /** For the polling thread alone. */
    private Set<Integer> held = Set.of();

    InboxConsumer(KafkaClientService clients, @Identifier("workers") Executor workers) {
        this.clients = clients;
        this.workers = workers;
    }

    /** As at a shutdown. Closing isn't in the connector's API, and without it the connector would go on to poll. */
    @Override
    public void leave() {
        clients.getConsumers(CHANNEL).forEach(consumer -> {
            var closing = (ReactiveKafkaConsumer<?, ?>) consumer;
            workers.execute(closing::close);
        });
    }

    @Override
    public void hold(Set<Integer> partitions) {
        clients.getConsumers(CHANNEL).forEach(consumer -> consumer.runOnPollingThread(client -> {
                    hold(client, partitions);
                })
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf(failure, "the inbox can't be held up for now")));
    }

    private void hold(Consumer<?, ?> client, Set<Integer> partitions) {
        var assigned = client.assignment();
        client.pause(only(assigned, partitions::contains));
        client.resume(only(assigned, one -> held.contains(one) && !partitions.contains(one)));
        held = Set.copyOf(partitions);
    }

    private static Set<TopicPartition> only(Set<TopicPartition> assigned, Predicate<Integer> which) {
        return assigned.stream().filter(one -> which.test(one.partition())).collect(Collectors.toSet());
    }
}
