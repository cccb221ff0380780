package io.freshet.ledger;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** How far a restore is, of the records that there were when it began; said in the log now and then. */
final class ReadProgress {

    private static final Logger LOG = Logger.getLogger(ReadProgress.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Map<TopicPartition, Long> ends;
    private final IntConsumer percent;
    private long beginning;
    private long read;
    private long last = System.nanoTime();

    ReadProgress(Map<TopicPartition, Long> ends, IntConsumer percent) {
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

    /** @return false if it has got no further since the last time */
    boolean say(Consumer<?, ?> consumer) {
        var before = read;
        read = sum(ends.keySet().stream().map(consumer::position).toList()) - beginning;
        if (read == before) {
            return false;
        }
        var done = (int) (read * 100 / Math.max(sum(ends.values()) - beginning, 1));
        percent.accept(done);
        if (System.nanoTime() - last > EVERY.toNanos()) {
            last = System.nanoTime();
            LOG.infof("restoring partitions=%d progress=%d%%", ends.size(), done);
        }
        return true;
    }

    private static long sum(Collection<Long> offsets) {
        return offsets.stream().mapToLong(Long::longValue).sum();
    }
}
