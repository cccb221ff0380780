package io.freshet.ledger;

import io.freshet.event.NewerReaderNeeded;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Has partitions read back beside everything else, again and again until it succeeds or they are no longer wanted. */
final class StateRestorer {

    private static final Logger LOG = Logger.getLogger(StateRestorer.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Partition → number of the assignment whose restore is under way. */
    private final Map<Integer, Integer> wanted = new ConcurrentHashMap<>();

    private final RestoreProgress progress = new RestoreProgress();
    private final ChangelogReader restore;
    private final LedgerMetrics metrics;
    private final VersionCheck version;
    private final Consumer<WriterCommand.Restored> done;

    /** @param done hears of what was found, on a thread of this one's own */
    StateRestorer(
            ChangelogReader restore,
            LedgerMetrics metrics,
            VersionCheck version,
            Consumer<WriterCommand.Restored> done) {
        this.restore = restore;
        this.metrics = metrics;
        this.version = version;
        this.done = done;
    }

    /** @param assignments the partitions, each with the number of the assignment that it came with */
    void begin(Map<Integer, Integer> assignments) {
        wanted.putAll(assignments);
        progress.begin(assignments.keySet());
        var ignored = Ledger.daemon("freshet-restore", () -> restoreUntilDone(assignments));
    }

    /** The partitions go to another replica. */
    void forget(Set<Integer> partitions) {
        wanted.keySet().removeAll(partitions);
        progress.over(partitions);
    }

    RestoreProgress progress() {
        return progress;
    }

    private void restoreUntilDone(Map<Integer, Integer> assignments) {
        while (!Thread.currentThread().isInterrupted() && isWanted(assignments)) {
            try {
                var found = metrics.restore(() ->
                        restore.read(assignments.keySet(), percent -> progress.at(assignments.keySet(), percent)));
                done.accept(new WriterCommand.Restored(assignments, found));
                assignments.forEach(this::over);
            } catch (NewerReaderNeeded e) {
                progress.failed(assignments.keySet(), String.valueOf(e.getMessage()));
                version.refuse(e);
                return;
            } catch (RuntimeException e) {
                progress.failed(assignments.keySet(), String.valueOf(e.getMessage()));
                LOG.warnf(
                        "restore=failed partitions=%s cause=\"%s\" retry_in=%s",
                        assignments.keySet(), e.getMessage(), RETRY);
                pause();
            }
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

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
