package io.freshet.run;

import io.freshet.catalog.KnownSql;
import io.freshet.catalog.ReadSql;
import io.freshet.event.Change;
import io.freshet.event.ChangeKey;
import io.freshet.ledger.HeldMeanwhile;
import io.freshet.ledger.RestoredPartition;
import io.freshet.ledger.WorkspaceFacts;
import io.freshet.lineage.LineageKey;
import io.freshet.lineage.LineageRun;
import io.freshet.mode.OneShotTimer;
import io.freshet.plan.Batch;
import io.freshet.plan.Coalescer;
import io.freshet.state.OpenBatch;
import io.freshet.telemetry.Telemetry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;

/** The open changes of this replica's workspaces: each leaves for planning with its batch, when that is due, and is settled at last. */
@ApplicationScoped
class PlanDriver {

    private final Coalescer coalescer;
    private final PlanRefreshes planRefreshes;
    private final ProveBatch proveBatch;
    private final KnownSql knownSql;
    private final ReadSql readSql;
    private final MatchRuns matchRuns;
    private final Telemetry telemetry;
    private final Clock clock;
    private final OneShotTimer timer;
    private final Set<ChangeKey> readBefore = ConcurrentHashMap.newKeySet();

    PlanDriver(
            CoalesceConfig config,
            PlanRefreshes planRefreshes,
            ProveBatch proveBatch,
            KnownSql knownSql,
            ReadSql readSql,
            MatchRuns matchRuns,
            WorkspaceFacts facts,
            Telemetry telemetry,
            Clock clock,
            @Identifier("timer") ScheduledExecutorService timer) {
        this.coalescer = new Coalescer(config.quiet(), config.maxWait(), facts::isHeld);
        this.planRefreshes = planRefreshes;
        this.proveBatch = proveBatch;
        this.knownSql = knownSql;
        this.readSql = readSql;
        this.matchRuns = matchRuns;
        this.telemetry = telemetry;
        this.clock = clock;
        this.timer = new OneShotTimer(clock, timer, this::passOn);
    }

    /** These changes are open. */
    void opened(Collection<Change> changes) {
        add(changes);
        passOn();
    }

    /** Of these workspaces this is known. When the changes that were open before had been read is not. */
    void restored(RestoredPartition restored) {
        knownSql.restored(restored.sql());
        var changes = restored.unplanned();
        changes.forEach(change -> readBefore.add(ChangeKey.of(change)));
        opened(changes);
        matchRuns.restored(restored.lineage());
    }

    /** More is known of a run, from which changes may follow. */
    void heard(LineageKey run, Optional<LineageRun> known) {
        matchRuns.heard(run, known);
    }

    private synchronized void add(Collection<Change> changes) {
        changes.forEach(change -> coalescer.add(change, clock.instant()));
    }

    /** The runs of the batch have ended, and whether its datasets are fresh is not known. */
    void prove(OpenBatch batch) {
        proveBatch.begin(batch);
    }

    /** The workspaces have gone to another replica, with their changes. */
    void left(Predicate<String> accounts) {
        synchronized (this) {
            coalescer.forget(accounts);
        }
        readBefore.removeIf(change -> accounts.test(change.account()));
        proveBatch.left(accounts);
        readSql.left(accounts);
        knownSql.left(accounts);
        matchRuns.left(accounts);
        passOn();
    }

    /** What was held is so no longer, or not all of it. */
    void released() {
        passOn();
    }

    private void passOn() {
        due().forEach(this::begin);
    }

    private synchronized List<Batch> due() {
        var batches = coalescer.due(clock.instant());
        timer.set(coalescer.nextDue());
        return batches;
    }

    /** Nobody but its changes waits for a batch, so this is where it is subscribed to. */
    private void begin(Batch batch) {
        planRefreshes
                .plan(batch, isReadBefore(batch))
                .subscribe()
                .with(done -> planned(batch), failure -> again(batch, failure));
    }

    private boolean isReadBefore(Batch batch) {
        return !readBefore.isEmpty()
                && batch.changes().stream().map(ChangeKey::of).anyMatch(readBefore::contains);
    }

    private void putBack(Batch batch) {
        synchronized (this) {
            coalescer.putBack(batch);
        }
        passOn();
    }

    private void planned(Batch batch) {
        batch.changes().forEach(change -> readBefore.remove(ChangeKey.of(change)));
        synchronized (this) {
            coalescer.planned(batch);
        }
        passOn();
    }

    private void again(Batch batch, Throwable failure) {
        if (failure instanceof HeldMeanwhile) {
            putBack(batch);
            return;
        }
        telemetry.waits(batch, failure);
        synchronized (this) {
            coalescer.again(batch, clock.instant());
        }
        passOn();
    }
}
