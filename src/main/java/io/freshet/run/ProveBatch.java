package io.freshet.run;

import io.freshet.catalog.LastRuns;
import io.freshet.event.BatchKey;
import io.freshet.ledger.Ledger;
import io.freshet.ledger.LedgerEntry;
import io.freshet.mode.Dataset;
import io.freshet.mode.Modes;
import io.freshet.mode.OneShotTimer;
import io.freshet.state.DataProof;
import io.freshet.state.LastRun;
import io.freshet.state.OpenBatch;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Finds out whether the datasets of a batch whose runs have ended are fresh, and settles it with that. Whatever Mode says, or
 * doesn't, the batch doesn't wait for it for long.
 */
@ApplicationScoped
class ProveBatch {

    private static final Logger LOG = Logger.getLogger(ProveBatch.class);
    /** After an entry that couldn't be written. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final LastRuns lastRuns;
    private final LearnDatasetsFirst learn;
    private final Modes modes;
    private final Ledger ledger;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Map<BatchKey, Proving> underWay = new HashMap<>();

    /** One attempt: another one of the same batch may begin when its partition has gone and come back. */
    private static final class Proving {
        private Optional<Cancellable> subscription = Optional.empty();
    }

    ProveBatch(
            LastRuns lastRuns,
            LearnDatasetsFirst learn,
            Modes modes,
            Ledger ledger,
            Clock clock,
            @Identifier("timer") ScheduledExecutorService timer) {
        this.lastRuns = lastRuns;
        this.learn = learn;
        this.modes = modes;
        this.ledger = ledger;
        this.clock = clock;
        this.timer = timer;
    }

    /** Has no effect if that is under way. Nobody but its changes waits for a batch, so this is where it is subscribed to. */
    void begin(OpenBatch batch) {
        var proving = new Proving();
        synchronized (this) {
            if (underWay.putIfAbsent(batch.key(), proving) != null) {
                return;
            }
        }
        var subscription = read(batch)
                .flatMap(rows -> enter(batch, rows))
                .subscribe()
                .with(done -> ended(batch, proving), failure -> again(batch, proving, failure));
        synchronized (this) {
            proving.subscription = Optional.of(subscription);
        }
    }

    /** The workspaces have gone to another replica. */
    void left(Predicate<String> accounts) {
        var gone = new ArrayList<Proving>();
        synchronized (this) {
            underWay.entrySet().removeIf(one -> accounts.test(one.getKey().account()) && gone.add(one.getValue()));
        }
        gone.forEach(proving -> proving.subscription.ifPresent(Cancellable::cancel));
    }

    private Uni<Map<String, Dataset>> read(OpenBatch batch) {
        return Uni.createFrom()
                .deferred(() -> lastRuns.of(batch.key().account(), batch.target(), batch.doubtful(), clock.instant()))
                .onFailure()
                .invoke(failure -> LOG.warnf(failure, "batch=unproved batch=%s", batch.key()))
                .onFailure()
                .recoverWithItem(Map.of());
    }

    private Uni<Void> enter(OpenBatch batch, Map<String, Dataset> rows) {
        var lastRunByDataset = new HashMap<String, LastRun>();
        rows.forEach(
                (token, row) -> lastRunByDataset.put(token, new LastRun(row.lastRunAt(), row.lastSuccessfullyRunAt())));
        var ahead = modes.find(batch.key().account())
                .map(mode -> mode.clock().stampsAhead())
                .orElse(Duration.ZERO);
        var proof = DataProof.of(batch, lastRunByDataset, ahead);
        var entries = new ArrayList<LedgerEntry>(List.of(new LedgerEntry.Proved(batch.key(), proof.data())));
        entries.addAll(learn.from(batch, proof, rows));
        return ledger.enter(entries).replaceWithVoid();
    }

    private synchronized void ended(OpenBatch batch, Proving proving) {
        underWay.remove(batch.key(), proving);
    }

    private void again(OpenBatch batch, Proving proving, Throwable failure) {
        LOG.errorf(failure, "batch=%s can't be settled and is tried again in %s", batch.key(), AFTER_FAILURE);
        new OneShotTimer(clock, timer, () -> {
                    if (isWanted(batch, proving)) {
                        begin(batch);
                    }
                })
                .set(Optional.of(clock.instant().plus(AFTER_FAILURE)));
    }

    /** Whether the partition hasn't gone meanwhile. */
    private synchronized boolean isWanted(OpenBatch batch, Proving proving) {
        return underWay.remove(batch.key(), proving);
    }
}
