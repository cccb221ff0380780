package io.freshet.ledger;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.impl.ReactiveKafkaConsumer;
import jakarta.enterprise.context.ApplicationScoped;

/** The consumer by which this replica is in the group of the owners. */
@ApplicationScoped
class InboxConsumer implements OwnersGroup {

    private static final String CHANNEL = "inbox";

    private final KafkaClientService clients;

    InboxConsumer(KafkaClientService clients) {
        this.clients = clients;
    }

    /** As at a shutdown. Closing isn't in the connector's API, and without it the connector would go on to poll. */
    @Override
    public void leave() {
        clients.getConsumers(CHANNEL).forEach(consumer -> {
            var closing = (ReactiveKafkaConsumer<?, ?>) consumer;
            var ignored = Ledger.daemon("freshet-leave", closing::close);
        });
    }
}
