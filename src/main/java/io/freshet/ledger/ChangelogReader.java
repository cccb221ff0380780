package io.freshet.ledger;

import io.freshet.event.ReportKey;
import io.freshet.event.Topics;
import io.freshet.state.ReportState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads where the reports of some partitions stand, from the start of {@code report-refreshes} to its end.
 *
 * <p>The order matters. First the committed offsets, which Kafka holds back while a transaction of the former owner
 * is undecided; then the end of the log as an uncommitted reader sees it, for the marker that makes the last
 * transaction visible may still be on its way (KAFKA-10167); then all that is committed up to there.
 */
final class ChangelogReader {

    /** What was found in one partition. */
    record Found(Map<ReportKey, ReportState> states, long position) {}

    private static final Logger LOG = Logger.getLogger(ChangelogReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(2);

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final String group;
    private final ReportStateJson json = new ReportStateJson();

    ChangelogReader(Map<String, Object> kafka, Topics topics, String group) {
        this.kafka = Map.copyOf(kafka);
        this.topics = topics;
        this.group = group;
    }

    /** Blocks until all is read. Fails where Kafka doesn't answer; the caller tries again. */
    Map<Integer, Found> read(Collection<Integer> partitions, IntConsumer percent) {
        var began = System.nanoTime();
        try (var consumer = new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var admin = Admin.create(kafka)) {
            var positions = committed(admin, partitions);
            var logs = partitions.stream()
                    .map(partition -> new TopicPartition(topics.reportRefreshes(), partition))
                    .toList();
            var ends = offsets(admin, logs, OffsetSpec.latest());
            var states = states(consumer, logs, new Progress(ends, percent));
            var found = new HashMap<Integer, Found>();
            positions.forEach((partition, position) ->
                    found.put(partition, new Found(states.getOrDefault(partition, Map.of()), position)));
            LOG.infof(
                    "restored partitions=%s reports=%d took_ms=%d",
                    partitions.stream().sorted().toList(),
                    states.values().stream().mapToInt(Map::size).sum(),
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
            return found;
        }
    }

    private Map<Integer, Long> committed(Admin admin, Collection<Integer> partitions) {
        var inputs = partitions.stream()
                .map(partition -> new TopicPartition(topics.refreshRequested(), partition))
                .toList();
        var committed = answer(admin.listConsumerGroupOffsets(
                        Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(inputs)),
                        new ListConsumerGroupOffsetsOptions().requireStable(true))
                .partitionsToOffsetAndMetadata(group));
        var beginnings = offsets(admin, inputs, OffsetSpec.earliest());
        var positions = new HashMap<Integer, Long>();
        inputs.forEach(input -> {
            var offset = committed.get(input);
            positions.put(input.partition(), offset == null ? beginnings.getOrDefault(input, 0L) : offset.offset());
        });
        return positions;
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, List<TopicPartition> of, OffsetSpec which) {
        var offsets = new HashMap<TopicPartition, Long>();
        answer(admin.listOffsets(of.stream().collect(Collectors.toMap(one -> one, one -> which)))
                        .all())
                .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        } catch (ExecutionException e) {
            throw new KafkaException(String.valueOf(e.getCause()), e.getCause());
        }
    }

    private Map<Integer, Map<ReportKey, ReportState>> states(
            Consumer<byte[], byte[]> consumer, List<TopicPartition> logs, Progress progress) {
        var states = new HashMap<Integer, Map<ReportKey, ReportState>>();
        consumer.assign(logs);
        consumer.seekToBeginning(logs);
        progress.begin(consumer);
        while (!progress.isAtTheEnd(consumer)) {
            for (var read : consumer.poll(POLL)) {
                enter(read, states.computeIfAbsent(read.partition(), partition -> new HashMap<>()));
            }
            progress.say(consumer);
        }
        return states;
    }

    private void enter(ConsumerRecord<byte[], byte[]> read, Map<ReportKey, ReportState> states) {
        var report = read.key() == null
                ? Optional.<ReportKey>empty()
                : ReportKey.parse(new String(read.key(), StandardCharsets.UTF_8));
        if (report.isEmpty()) {
            LOG.errorf(
                    "%s-%d@%d has no report's key, and is left out: who else writes to this topic?",
                    read.topic(), read.partition(), read.offset());
        } else if (read.value() == null) {
            states.remove(report.get());
        } else {
            try {
                states.put(report.get(), json.read(read.value()));
            } catch (IOException | IllegalArgumentException e) {
                LOG.errorf(
                        "%s-%d@%d is no state of report=%s, and is left out: was it written by a later version? %s",
                        read.topic(), read.partition(), read.offset(), report.get(), e.getMessage());
            }
        }
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "freshet-restore");
        return settings;
    }

    /** How far a restore is, of the records that there were when it began; said in the log now and then. */
    private static final class Progress {
        private final Map<TopicPartition, Long> ends;
        private final IntConsumer percent;
        private long beginning;
        private long last = System.nanoTime();

        Progress(Map<TopicPartition, Long> ends, IntConsumer percent) {
            this.ends = ends;
            this.percent = percent;
        }

        /** A compacted log begins anywhere. */
        void begin(Consumer<?, ?> consumer) {
            beginning = sum(consumer.beginningOffsets(ends.keySet()).values());
        }

        boolean isAtTheEnd(Consumer<?, ?> consumer) {
            return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        }

        void say(Consumer<?, ?> consumer) {
            var read = sum(ends.keySet().stream().map(consumer::position).toList()) - beginning;
            var done = (int) (read * 100 / Math.max(sum(ends.values()) - beginning, 1));
            percent.accept(done);
            if (System.nanoTime() - last > PROGRESS_EVERY.toNanos()) {
                last = System.nanoTime();
                LOG.infof("restoring partitions=%d progress=%d%%", ends.size(), done);
            }
        }

        private static long sum(Collection<Long> offsets) {
            return offsets.stream().mapToLong(Long::longValue).sum();
        }
    }
}
