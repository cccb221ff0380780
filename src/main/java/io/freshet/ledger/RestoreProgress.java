package io.freshet.ledger;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which partitions are being read back, how far that is, and what holds it up; for operators. */
public final class RestoreProgress {

    /**
     * @param percent of what is to be read
     * @param cause why it is not to be had; empty where it is
     */
    private record Progress(int percent, Optional<String> cause) {
        static final Progress NONE = new Progress(0, Optional.empty());
    }

    private final Map<Integer, Progress> progress = new ConcurrentHashMap<>();

    RestoreProgress() {}

    void begin(Collection<Integer> partitions) {
        partitions.forEach(partition -> progress.put(partition, Progress.NONE));
    }

    void at(Collection<Integer> partitions, int percent) {
        says(partitions, new Progress(percent, Optional.empty()));
    }

    void failed(Collection<Integer> partitions, String cause) {
        says(partitions, new Progress(0, Optional.of(cause)));
    }

    /** It goes on by itself when that is over, from where it is. */
    void waits(Collection<Integer> partitions, String cause) {
        partitions.forEach(partition ->
                progress.computeIfPresent(partition, (same, now) -> new Progress(now.percent(), Optional.of(cause))));
    }

    /** One that has gone meanwhile stays so. */
    private void says(Collection<Integer> partitions, Progress now) {
        partitions.forEach(partition -> progress.replace(partition, now));
    }

    void over(Collection<Integer> partitions) {
        progress.keySet().removeAll(partitions);
    }

    public Set<Integer> partitions() {
        return Set.copyOf(progress.keySet());
    }

    /** Of the partition that is furthest behind; empty where none is being read. */
    public Optional<Integer> percent() {
        return progress.values().stream().map(Progress::percent).min(Comparator.naturalOrder());
    }

    /** Why Kafka doesn't give them. */
    public Optional<String> cause() {
        return progress.values().stream()
                .map(Progress::cause)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
