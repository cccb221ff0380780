package io.freshet.replica;

import io.freshet.replica.OpenTransactions.Ends;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;

/** Where the logs of topics end, for either kind of reader, and how far groups have come. */
final class TopicEnds {

    private static final int PATIENCE = (int) Duration.ofSeconds(10).toMillis();

    /**
     * @param ids of the topics; one that was deleted and made again has another
     * @param ends of the partitions that have a leader
     * @param leaderless those that have none
     */
    record Seen(Map<String, Uuid> ids, Map<TopicPartition, Ends> ends, List<TopicPartition> leaderless) {}

    private final Supplier<Admin> admin;

    TopicEnds(Supplier<Admin> admin) {
        this.admin = admin;
    }

    /** Fails if no broker says. */
    CompletionStage<Seen> of(Collection<String> topics) {
        return admin.get()
                .describeTopics(topics, new DescribeTopicsOptions().timeoutMs(PATIENCE))
                .allTopicNames()
                .toCompletionStage()
                .thenCompose(this::seen);
    }

    private CompletionStage<Seen> seen(Map<String, TopicDescription> found) {
        var partitions = partitions(found, TopicEnds::hasLeader);
        var leaderless = partitions(found, partition -> !hasLeader(partition));
        var ids = found.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, topic -> topic.getValue()
                .topicId()));
        var begins = offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        var stable = offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
        var ends = offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
        return CompletableFuture.allOf(begins, stable, ends).thenApply(done -> {
            var all = new HashMap<TopicPartition, Ends>();
            partitions.forEach(one -> all.put(one, new Ends(of(begins, one), of(stable, one), of(ends, one))));
            return new Seen(ids, all, leaderless);
        });
    }

    /** Of one without a leader nobody says where it ends, and the client would wait for that with those of all the others. */
    static boolean hasLeader(TopicPartitionInfo partition) {
        return partition.leader() != null && !partition.leader().isEmpty();
    }

    static List<TopicPartition> partitions(Map<String, TopicDescription> found, Predicate<TopicPartitionInfo> which) {
        return found.values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .filter(which)
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    private static long of(CompletableFuture<Map<TopicPartition, Long>> offsets, TopicPartition partition) {
        return offsets.join().getOrDefault(partition, 0L);
    }

    private CompletableFuture<Map<TopicPartition, Long>> offsets(
            List<TopicPartition> partitions, OffsetSpec which, IsolationLevel isolation) {
        return admin.get()
                .listOffsets(
                        partitions.stream().collect(Collectors.toMap(one -> one, one -> which)),
                        new ListOffsetsOptions(isolation).timeoutMs(PATIENCE))
                .all()
                .toCompletionStage()
                .thenApply(found -> found.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, end -> end.getValue().offset())))
                .toCompletableFuture();
    }

    /** By topic, of the partition that is worst off: how many records the group has not come past, also those that it can't see yet. */
    CompletionStage<Map<String, Long>> unread(String group, Map<TopicPartition, Ends> ends) {
        return ends.isEmpty()
                ? CompletableFuture.completedFuture(Map.of())
                : admin.get()
                        .listConsumerGroupOffsets(
                                Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(ends.keySet())),
                                new ListConsumerGroupOffsetsOptions().timeoutMs(PATIENCE))
                        .partitionsToOffsetAndMetadata(group)
                        .toCompletionStage()
                        .thenApply(committed -> unread(committed, ends));
    }

    private static Map<String, Long> unread(
            Map<TopicPartition, OffsetAndMetadata> committed, Map<TopicPartition, Ends> ends) {
        var unread = new HashMap<String, Long>();
        ends.forEach((partition, end) -> {
            var offset = committed.get(partition);
            var next = offset == null ? end.begin() : Math.max(offset.offset(), end.begin());
            unread.merge(partition.topic(), Math.max(0, end.end() - next), Math::max);
        });
        return unread;
    }
}
