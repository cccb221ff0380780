package io.freshet.dev;

import io.freshet.event.Topics;
import io.freshet.sandbox.SampleWorkspace;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Plays the ETL in dev mode: every few seconds the data of another source changes. */
@ApplicationScoped
@Startup
@IfBuildProfile("dev")
class SampleChanges {

    private static final Logger LOG = Logger.getLogger(SampleChanges.class);
    private static final Duration FIRST = Duration.ofSeconds(3);
    private static final List<String> SOURCES = List.of(
            SampleWorkspace.FINANCE,
            SampleWorkspace.SUPPORT,
            SampleWorkspace.MARKETING,
            SampleWorkspace.ORDERS_WAREHOUSE);

    private final Topics topics;
    private final Producer<String, String> producer;
    private final Cancellable ticks;

    SampleChanges(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Topics topics,
            @ConfigProperty(name = "freshet.dev.sample-changes") boolean wanted,
            @ConfigProperty(name = "freshet.dev.sample-changes.every") Duration every) {
        this.topics = topics;
        this.producer = new KafkaProducer<>(new HashMap<>(kafka), new StringSerializer(), new StringSerializer());
        this.ticks = Multi.createFrom()
                .ticks()
                .startingAfter(FIRST)
                .every(every)
                .select()
                .where(tick -> wanted)
                .onItem()
                .transformToUniAndConcatenate(this::send)
                .subscribe()
                .with(SampleChanges::said, failure -> LOG.warnf("no more sample changes: %s", failure.getMessage()));
    }

    private Uni<String> send(long tick) {
        var source = SOURCES.get((int) (tick % SOURCES.size()));
        var change = "{\"data_source\": \"%s\", \"reason\": \"sample change %d\"}".formatted(source, tick + 1);
        var record = new ProducerRecord<>(topics.upstreamDataChanged(), source, change);
        return Uni.createFrom().future(() -> producer.send(record)).replaceWith(source);
    }

    private static void said(String source) {
        LOG.infof("sample change sent data_source=%s", source);
    }

    @PreDestroy
    void end() {
        ticks.cancel();
        producer.close(Duration.ZERO);
    }
}
