package io.freshet.ledger;

import io.freshet.event.ReportKey;
import io.freshet.event.Topics;
import io.freshet.event.WorkspacePartitions;
import io.freshet.state.ReportState;
import io.freshet.state.Transition;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of the workspaces of this replica. A state is saved, what it tells is told, and the record that caused
 * it is acknowledged in one Kafka transaction; until that has been committed, nothing of it is known here.
 */
@ApplicationScoped
public class Ledger {

    private static final Logger LOG = Logger.getLogger(Ledger.class);
    /** How long a rebalance, or a shutdown, waits for a transaction that is under way. */
    private static final Duration LAST_TRANSACTION = Duration.ofSeconds(10);

    /** How long a rebalance waits for answers of Mode's; it holds the whole group up. */
    private static final Duration LAST_STEPS = Duration.ofSeconds(3);

    private final BlockingQueue<WriterCommand> commands = new LinkedBlockingQueue<>();
    private final Map<String, Object> kafka;
    private final LedgerConfig config;
    private final Topics topics;
    private final LedgerMetrics metrics;
    private final StateRestorer restorer;
    private volatile @Nullable LedgerListener listener;
    private volatile @Nullable Thread writer;
    private volatile boolean closed;

    Ledger(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            LedgerConfig config,
            Topics topics,
            MeterRegistry metrics,
            VersionCheck version,
            @ConfigProperty(name = "mp.messaging.incoming.inbox.group.id") String group) {
        this.kafka = kafka;
        this.config = config;
        this.topics = topics;
        this.metrics = new LedgerMetrics(metrics);
        this.restorer =
                new StateRestorer(new ChangelogReader(kafka, topics, group), this.metrics, version, commands::add);
    }

    /** Begins to write; to be called once. */
    public void open(WorkspacePartitions partitions, LedgerListener listener) {
        this.listener = listener;
        var log = new TransactionWriter(kafka, config, topics, partitions, metrics);
        var turns = new LedgerWriter(partitions, log, config.transactionEntries(), listener, restorer::begin);
        writer = daemon("freshet-ledger", new WriterThread(commands, turns));
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
                    commands.add(new WriterCommand.Write(entries, done));
                    return done;
                })
                .emitOn(Infrastructure.getDefaultExecutor());
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
        var listening = listener;
        if (listening != null) {
            listening.joined(group.memberId(), partitions);
        }
        commands.add(new WriterCommand.Assigned(partitions, group));
    }

    /** Lets steps that are under way end, and returns when nothing more is written for these partitions. */
    void revoked(Set<Integer> partitions, ConsumerGroupMetadata group) {
        if (closed) {
            return;
        }
        restorer.forget(partitions);
        // Whoever isn't a member would not be fenced.
        if (group.generationId() >= 0) {
            commands.add(new WriterCommand.GenerationChanged(group));
        }
        awaitSteps(partitions);
        handOver(partitions);
        var done = new CompletableFuture<Void>();
        commands.add(new WriterCommand.Revoked(partitions, done));
        await(
                done,
                LAST_TRANSACTION,
                "partitions " + partitions + " go to another replica while a transaction is under way");
    }

    /** Partitions whose state is being read back. */
    public RestoreProgress restoring() {
        return restorer.progress();
    }

    /** Whether anything can be saved; without the one thread that writes, nothing ever will be. */
    public boolean isWriting() {
        var writing = writer;
        return writing == null || writing.isAlive();
    }

    /** Writes what has come in so far and what the next owner must know, and no more. */
    public void close(Set<Integer> partitions) {
        handOver(partitions);
        closed = true;
        var done = new CompletableFuture<Void>();
        commands.add(new WriterCommand.Stop(done));
        await(done, LAST_TRANSACTION, "stopped while a transaction is under way");
    }

    /** Steps that are under way may end, for a little while: an answer that is lost must be found out again. */
    private void awaitSteps(Set<Integer> partitions) {
        var listening = listener;
        if (listening != null) {
            await(
                    listening.leaving(partitions).toCompletableFuture(),
                    LAST_STEPS,
                    "partitions " + partitions + " go to another replica while steps are under way");
        }
    }

    private void handOver(Set<Integer> partitions) {
        var listening = listener;
        if (listening != null) {
            listening
                    .handOver(partitions)
                    .forEach(entry -> commands.add(new WriterCommand.Write(List.of(entry), new CompletableFuture<>())));
        }
    }

    private static void await(CompletableFuture<Void> done, Duration patience, String otherwise) {
        try {
            done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // No harm: the transaction's commit carries the group's generation, and will be refused.
            LOG.warnf("%s", otherwise);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    static Thread daemon(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
