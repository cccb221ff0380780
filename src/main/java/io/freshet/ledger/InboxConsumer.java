package io.freshet.ledger;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.impl.ReactiveKafkaConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;

/** The consumer by which this replica is in the group of the owners. */
@ApplicationScoped
class InboxConsumer implements OwnersGroup {

    private static final String CHANNEL = "inbox";

    private final KafkaClientService clients;
    private final Executor workers;

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
}
