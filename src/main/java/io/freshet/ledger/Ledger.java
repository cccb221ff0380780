package io.freshet.ledger;

import static java.util.Objects.requireNonNull;

import io.freshet.event.ReportKey;
import io.freshet.event.WorkspacePartitions;
import io.freshet.state.ReportState;
import io.freshet.state.TrackingPolicy;
import io.freshet.state.Transition;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of the workspaces of this replica. A state is saved, what it tells is told, and the record that caused
 * it is acknowledged in one Kafka transaction; until that has been committed, nothing of it is known here.
 */
@ApplicationScoped
public class Ledger {

    private final TransactionLog log;
    private final WriteTrouble trouble;
    private final LedgerConfig config;
    private final Clock clock;
    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final ScheduledExecutorService thread;
    private final StateRestorer restorer;
    private volatile @Nullable LedgerListener listener;
    private volatile @Nullable WriterTurns turns;
    private volatile @Nullable Uni<Void> closing;

    Ledger(
            TransactionLog log,
            WriteTrouble trouble,
            StateReader reader,
            LedgerConfig config,
            VersionCheck version,
            TrackingPolicy pace,
            Clock clock,
            @Identifier("workers") Executor workers,
            @Identifier("timer") ScheduledExecutorService timer,
            @Identifier("ledger") ScheduledExecutorService thread) {
        this.log = log;
        this.trouble = trouble;
        this.config = config;
        this.clock = clock;
        this.workers = workers;
        this.timer = timer;
        this.thread = thread;
        this.restorer = new StateRestorer(reader, version, timer, found -> tell(found.readBack(clock.instant(), pace)));
    }

    /** The one that writes, and waits for Kafka meanwhile. */
    @Produces
    @Singleton
    @Identifier("ledger") static ScheduledExecutorService thread() {
        return new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    var thread = new Thread(task, "freshet-ledger");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy()); // after the end
    }

    /** Begins to write; to be called once, before anything else. */
    public void open(WorkspacePartitions partitions, LedgerListener hearing) {
        var writer = new LedgerWriter(partitions, log, config.transactionEntries(), hearing, restorer::begin, clock);
        listener = hearing;
        turns = new WriterTurns(writer, log, trouble, thread);
    }

    private void tell(WriterCommand command) {
        requireNonNull(turns, "not open").add(command);
    }

    /**
     * Ends when the entries, which are of one partition, are committed; or when they are another replica's.
     *
     * @return where the report of each entry is then; empty if the entry is of none, or had no effect
     */
    public Uni<List<Optional<ReportState>>> enter(List<LedgerEntry> entries) {
        return Uni.createFrom()
                .completionStage(() -> {
                    var done = new CompletableFuture<List<Optional<ReportState>>>();
                    tell(new WriterCommand.Write(entries, done));
                    return done;
                })
                .emitOn(workers);
    }

    /**
     * Takes a step for a report that is in a given state.
     *
     * @return where the report is once that is committed; empty if it was elsewhere, or isn't ours any more
     */
    public <S extends ReportState> Uni<Optional<ReportState>> step(
            ReportKey report, Class<S> from, Function<S, Transition> step) {
        return step(report, from, state -> true, step);
    }

    /**
     * Takes a step that an answer of Mode's leads to.
     *
     * @param still whether the report is where it was when Mode was asked: a partition may have gone meanwhile and come
     *     back, with the same report in the same state for another run
     */
    public <S extends ReportState> Uni<Optional<ReportState>> step(
            ReportKey report, Class<S> from, Predicate<S> still, Function<S, Transition> step) {
        var entry = new LedgerEntry.StateChange(report, state -> Optional.of(state)
                .filter(from::isInstance)
                .map(from::cast)
                .filter(still)
                .map(step));
        return enter(List.of(entry)).map(results -> results.get(0));
    }

    /** A rebalance has ended. Begins to restore the partitions that are new, and returns at once. */
    void assigned(Set<Integer> partitions, ConsumerGroupMetadata group) {
        hearing().joined(group.memberId(), partitions);
        tell(new WriterCommand.Assigned(partitions, group));
    }

    /** Lets steps that are under way end. Ends when nothing more is written for these partitions. */
    Uni<Void> revoked(Set<Integer> partitions, ConsumerGroupMetadata group) {
        restorer.forget(partitions);
        // Whoever isn't a member would not be fenced.
        if (group.generationId() >= 0) {
            tell(new WriterCommand.GenerationChanged(group));
        }
        var end = closing;
        return end == null ? handOver().revoke(partitions) : end;
    }

    /** Partitions whose state is being read back. */
    public RestoreProgress restoring() {
        return restorer.progress();
    }

    /** What has ended the one thread that writes: nothing will ever be saved. Empty while it is well. */
    public Optional<Error> death() {
        return Optional.ofNullable(turns).flatMap(WriterTurns::death);
    }

    /** Ends when all is written that has come in so far, and what the next owner must know; and then no more is. */
    public Uni<Void> close(Set<Integer> partitions) {
        var end = handOver().stop(partitions).memoize().indefinitely();
        closing = end;
        return end;
    }

    private PartitionHandOver handOver() {
        return new PartitionHandOver(hearing(), this::tell, timer);
    }

    private LedgerListener hearing() {
        return requireNonNull(listener, "not open");
    }
}
