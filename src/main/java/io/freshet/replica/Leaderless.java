package io.freshet.replica;

import io.freshet.telemetry.log.OncePerMinute;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Partitions that no broker leads: nobody can read from them or write to them. Said in the log, and counted. */
final class Leaderless {

    private static final Logger LOG = Logger.getLogger(Leaderless.class);

    private final OncePerMinute lines;
    private volatile Set<TopicPartition> now = Set.of();

    Leaderless(Collection<String> topics, MeterRegistry metrics, OncePerMinute lines) {
        this.lines = lines;
        topics.forEach(topic -> Gauge.builder("freshet.partitions.leaderless", () -> count(topic))
                .description("partitions of the topic that no broker leads: what is to be read or written there waits")
                .tag("topic", topic)
                .strongReference(true)
                .register(metrics));
    }

    private long count(String topic) {
        return now.stream().filter(partition -> partition.topic().equals(topic)).count();
    }

    void saw(Collection<TopicPartition> leaderless) {
        var before = now;
        now = Set.copyOf(leaderless);
        now.stream()
                .filter(one -> lines.isDue(one.toString()))
                .forEach(one -> LOG.warnf(
                        "leader=none topic=%s partition=%d: what is to be read or written there waits until a broker"
                                + " leads it",
                        one.topic(), one.partition()));
        before.stream()
                .filter(one -> !now.contains(one))
                .forEach(one -> LOG.infof("leader=there topic=%s partition=%d", one.topic(), one.partition()));
    }
}
