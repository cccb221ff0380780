package io.freshet.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The group that reads the public topics. Who takes a partition over begins at the committed offset, so records come twice. */
final class SimulatedIntakeGroup {

    private static final class Position {
        Optional<Replica> reader = Optional.empty();
        int assignment;
        long committed;
        long next;
        final TreeSet<Long> acknowledged = new TreeSet<>();
    }

    private final VirtualTime time;
    private final SimulatedTopics topics;
    private final Map<TopicPartition, Position> positions = new HashMap<>();
    private final List<Replica> readers = new ArrayList<>();

    SimulatedIntakeGroup(VirtualTime time, SimulatedTopics topics) {
        this.time = time;
        this.topics = topics;
        assign();
    }

    void join(Replica replica) {
        readers.add(replica);
    }

    void leave(Replica replica) {
        readers.remove(replica);
    }

    /** Who doesn't run any more is found out soon enough; new partitions are, too. */
    private void assign() {
        var running =
                readers.stream().filter(reader -> reader.machine().isRunning()).toList();
        for (var topic : SimulatedTopics.NAMES.inputs()) {
            for (var n = 0; n < topics.partitions(topic); n++) {
                var position = positions.computeIfAbsent(new TopicPartition(topic, n), missing -> new Position());
                var reader =
                        running.isEmpty() ? Optional.<Replica>empty() : Optional.of(running.get(n % running.size()));
                if (!reader.equals(position.reader)) {
                    position.reader = reader;
                    position.assignment++;
                    position.next = position.committed;
                    position.acknowledged.clear();
                }
            }
        }
        time.after(time.between(Duration.ofSeconds(1), Duration.ofSeconds(4)), this::assign);
    }

    /** The next record of one of the replica's partitions, and what to call when it is done with. */
    Optional<Fetched> next(Replica replica) {
        var mine = positions.entrySet().stream()
                .filter(one -> one.getValue().reader.filter(replica::equals).isPresent())
                .filter(one -> one.getValue().next < log(one.getKey()).size())
                .sorted((a, b) -> a.getKey().toString().compareTo(b.getKey().toString()))
                .toList();
        if (mine.isEmpty()) {
            return Optional.empty();
        }
        var one = mine.get(time.random().nextInt(mine.size()));
        var position = one.getValue();
        var record = log(one.getKey()).get((int) position.next++);
        var assignment = position.assignment;
        return Optional.of(new Fetched(record, () -> acknowledge(position, assignment, record.offset())));
    }

    record Fetched(ConsumerRecord<byte[], byte[]> record, Runnable acknowledge) {}

    private static void acknowledge(Position position, int assignment, long offset) {
        if (position.assignment == assignment) {
            position.acknowledged.add(offset);
            while (position.acknowledged.remove(position.committed)) {
                position.committed++;
            }
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> log(TopicPartition partition) {
        return topics.partition(partition.topic(), partition.partition());
    }

    /** Whether everything has been read and acknowledged. */
    boolean isAtTheEnd() {
        return positions.entrySet().stream()
                .allMatch(one -> one.getValue().committed == log(one.getKey()).size());
    }
}
