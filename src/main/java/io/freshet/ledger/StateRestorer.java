package io.freshet.ledger;

import io.freshet.event.NewerReaderNeeded;
import io.freshet.telemetry.log.OncePerMinute;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Has partitions read back beside everything else, again and again until it succeeds or they are no longer wanted. */
final class StateRestorer {

    private static final Logger LOG = Logger.getLogger(StateRestorer.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Partition → number of the assignment whose restore is under way. */
    private final Map<Integer, Integer> wanted = new ConcurrentHashMap<>();

    private final OncePerMinute lines = new OncePerMinute();
    private final RestoreProgress progress = new RestoreProgress();
    private final StateReader reader;
    private final VersionCheck version;
    private final ScheduledExecutorService timer;
    private final Consumer<WriterCommand.Restored> done;

    /** @param done hears of what was found, on the reader's thread */
    StateRestorer(
            StateReader reader,
            VersionCheck version,
            ScheduledExecutorService timer,
            Consumer<WriterCommand.Restored> done) {
        this.reader = reader;
        this.version = version;
        this.timer = timer;
        this.done = done;
    }

    /** @param assignments the partitions, each with the number of the assignment that it came with */
    void begin(Map<Integer, Integer> assignments) {
        wanted.putAll(assignments);
        progress.begin(assignments.keySet());
        restore(assignments);
    }

    /** The partitions go to another replica. */
    void forget(Set<Integer> partitions) {
        wanted.keySet().removeAll(partitions);
        progress.over(partitions);
    }

    RestoreProgress progress() {
        return progress;
    }

    private void restore(Map<Integer, Integer> assignments) {
        if (isWanted(assignments)) {
            var partitions = assignments.keySet();
            var ignored = reader.read(partitions, listener(partitions))
                    .whenComplete((found, failure) -> ended(assignments, found, failure));
        }
    }

    private StateReader.Listener listener(Set<Integer> partitions) {
        return new StateReader.Listener() {
            @Override
            public void at(int percent) {
                progress.at(partitions, percent);
            }

            @Override
            public void waits(String cause) {
                progress.waits(partitions, cause);
                if (lines.isDue("waits " + partitions)) {
                    LOG.warnf("restore=waits partitions=%s cause=\"%s\"", partitions, cause);
                }
            }
        };
    }

    private void ended(
            Map<Integer, Integer> assignments,
            @Nullable Map<Integer, RestoredPartition> found,
            @Nullable Throwable failure) {
        if (found != null) {
            done.accept(new WriterCommand.Restored(assignments, found));
            assignments.forEach(this::over);
            return;
        }
        var cause = failure == null ? "" : String.valueOf(failure.getMessage());
        progress.failed(assignments.keySet(), cause);
        if (failure instanceof NewerReaderNeeded newer) {
            version.refuse(newer);
        } else {
            if (lines.isDue("failed " + assignments.keySet())) {
                LOG.warnf("restore=failed partitions=%s cause=\"%s\" retry_in=%s", assignments.keySet(), cause, RETRY);
            }
            var ignored = timer.schedule(() -> restore(assignments), RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void over(int partition, int assignment) {
        if (wanted.remove(partition, assignment)) {
            progress.over(Set.of(partition));
        }
    }

    private boolean isWanted(Map<Integer, Integer> assignments) {
        return assignments.entrySet().stream().anyMatch(one -> one.getValue().equals(wanted.get(one.getKey())));
    }
}
