package io.freshet.replica;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * For how long transactions have been open, seen from outside: as long as the first one that is open in a partition has not
 * ended, its last stable offset stands still, and nobody who reads what is committed sees anything behind it. Plain Java.
 */
final class OpenTransactions {

    /**
     * @param begin of what has not expired
     * @param stable up to where everything is committed or aborted
     * @param end of all that there is: the high watermark
     */
    record Ends(long begin, long stable, long end) {}

    private record Standing(long stable, long since) {}

    private final Map<TopicPartition, Standing> standing = new HashMap<>();

    /**
     * @param nanos of the monotonic clock
     * @return the partitions with a transaction that was open the last time, too, and for how long it has been seen
     */
    Map<TopicPartition, Duration> look(Map<TopicPartition, Ends> ends, long nanos) {
        standing.keySet().retainAll(ends.keySet());
        var open = new HashMap<TopicPartition, Duration>();
        ends.forEach((partition, now) -> {
            if (now.stable() >= now.end()) {
                standing.remove(partition);
                return;
            }
            var before = standing.get(partition);
            if (before == null || before.stable() != now.stable()) {
                standing.put(partition, new Standing(now.stable(), nanos));
            } else {
                open.put(partition, Duration.ofNanos(nanos - before.since()));
            }
        });
        return open;
    }
}
