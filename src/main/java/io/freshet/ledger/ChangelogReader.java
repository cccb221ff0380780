package io.freshet.ledger;

import io.freshet.event.Topics;
import io.freshet.event.UngroupedConsumer;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Reads what is known of some partitions, from the start of the state topic to its end.
 *
 * <p>The order matters. First the committed offsets of the inbox, which Kafka holds back while a transaction of the former
 * owner is undecided; then the end of the log as an uncommitted reader sees it, for the marker that makes the last
 * transaction visible may still be on its way (KAFKA-10167); then all that is committed up to there.
 */
@Singleton
final class ChangelogReader implements StateReader {

    private static final Logger LOG = Logger.getLogger(ChangelogReader.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final String group;
    private final LedgerMetrics metrics;

    ChangelogReader(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Topics topics,
            @ConfigProperty(name = "mp.messaging.incoming.inbox.group.id") String group,
            MeterRegistry metrics) {
        this.kafka = Map.copyOf(kafka);
        this.topics = topics;
        this.group = group;
        this.metrics = new LedgerMetrics(metrics);
    }

    /** On a thread of its own, as it waits for Kafka for as long as there is to read. */
    @Override
    public CompletionStage<Map<Integer, RestoredPartition>> read(Collection<Integer> partitions, Listener listener) {
        var found = new CompletableFuture<Map<Integer, RestoredPartition>>();
        var thread = new Thread(
                () -> {
                    try {
                        found.complete(metrics.restore(() -> readNow(partitions, listener)));
                    } catch (Throwable e) { // also one that memory ran out for: whoever waits would wait for ever
                        found.completeExceptionally(e);
                    }
                },
                "freshet-restore");
        thread.setDaemon(true);
        thread.start();
        return found;
    }

    /**
     * With an admin client of its own: one that has asked before remembers where the partitions were led, and asks there
     * until it times out, again and again, if that broker is gone.
     */
    private Map<Integer, RestoredPartition> readNow(Collection<Integer> partitions, Listener listener) {
        var began = System.nanoTime();
        try (var consumer = UngroupedConsumer.open(
                        kafka, "freshet-restore", Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000));
                var admin = Admin.create(kafka)) {
            var positions = committed(admin, partitions);
            var logs = partitions.stream()
                    .map(partition -> new TopicPartition(topics.state(), partition))
                    .toList();
            var ends = offsets(admin, logs, OffsetSpec.latest());
            var stalled = new StalledRead(ends, behind -> offsets(admin, behind, OffsetSpec.latest()), listener::waits);
            var images = images(consumer, logs, new ReadProgress(ends, listener::at), stalled);
            var found = new HashMap<Integer, RestoredPartition>();
            positions.forEach((partition, position) -> found.put(
                    partition,
                    images.getOrDefault(partition, new PartitionImage()).restored(position)));
            LOG.infof(
                    "restored partitions=%s reports=%d changes=%d took_ms=%d",
                    partitions.stream().sorted().toList(),
                    found.values().stream()
                            .mapToInt(one -> one.reports().size())
                            .sum(),
                    found.values().stream()
                            .mapToInt(one -> one.changes().size())
                            .sum(),
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
            return found;
        }
    }

    private Map<Integer, Long> committed(Admin admin, Collection<Integer> partitions) {
        var inputs = partitions.stream()
                .map(partition -> new TopicPartition(topics.inbox(), partition))
                .toList();
        var committed = new StableOffsets(admin, group).of(inputs);
        var beginnings = offsets(admin, inputs, OffsetSpec.earliest());
        var ends = offsets(admin, inputs, OffsetSpec.latest());
        var positions = new HashMap<Integer, Long>();
        inputs.forEach(input -> {
            var beginning = beginnings.getOrDefault(input, 0L);
            var offset = committed.get(input);
            var position = offset == null ? beginning : offset.offset();
            // Beyond the end it is of a topic that was deleted and made again: what is there now was never taken.
            positions.put(input.partition(), position > ends.getOrDefault(input, 0L) ? beginning : position);
        });
        return positions;
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, Collection<TopicPartition> of, OffsetSpec which) {
        var offsets = new HashMap<TopicPartition, Long>();
        answer(admin.listOffsets(of.stream().collect(Collectors.toMap(one -> one, one -> which)))
                        .all())
                .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }

    static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        } catch (ExecutionException e) {
            throw new KafkaException(String.valueOf(e.getCause()), e.getCause());
        }
    }

    private static Map<Integer, PartitionImage> images(
            Consumer<byte[], byte[]> consumer, List<TopicPartition> logs, ReadProgress progress, StalledRead stalled) {
        var images = new HashMap<Integer, PartitionImage>();
        consumer.assign(logs);
        consumer.seekToBeginning(logs);
        progress.begin(consumer);
        while (!progress.isAtTheEnd(consumer)) {
            for (var read : consumer.poll(POLL)) {
                images.computeIfAbsent(read.partition(), partition -> new PartitionImage())
                        .enter(read);
            }
            if (progress.say(consumer)) {
                stalled.movesOn();
            } else {
                stalled.look(consumer::position);
            }
        }
        return images;
    }
}
