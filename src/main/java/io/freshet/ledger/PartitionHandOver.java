package io.freshet.ledger;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Partitions go to another replica: steps that are under way may end, and what the next owner must know is written last. */
final class PartitionHandOver {

    private static final Logger LOG = Logger.getLogger(PartitionHandOver.class);
    /** How long a rebalance, or a shutdown, waits for a transaction that is under way. */
    private static final Duration LAST_TRANSACTION = Duration.ofSeconds(10);

    /** How long a rebalance waits for answers of Mode's; it holds the whole group up. */
    private static final Duration LAST_STEPS = Duration.ofSeconds(3);

    private final LedgerListener listener;
    private final Consumer<WriterCommand> writer;
    private final ScheduledExecutorService timer;

    PartitionHandOver(LedgerListener listener, Consumer<WriterCommand> writer, ScheduledExecutorService timer) {
        this.listener = listener;
        this.writer = writer;
        this.timer = timer;
    }

    /** Ends when nothing more is written for these partitions. An answer of Mode's that is lost must be found out again. */
    Uni<Void> revoke(Set<Integer> partitions) {
        return within(
                        LAST_STEPS,
                        listener.leaving(partitions),
                        "partitions " + partitions + " go to another replica while steps are under way")
                .chain(() -> lastly(
                        partitions,
                        done -> new WriterCommand.Revoked(partitions, done),
                        "partitions " + partitions + " go to another replica while a transaction is under way"));
    }

    /** Ends when nothing is written at all any more. */
    Uni<Void> stop(Set<Integer> partitions) {
        return lastly(partitions, WriterCommand.Stop::new, "stopped while a transaction is under way");
    }

    private Uni<Void> lastly(
            Set<Integer> partitions, Function<CompletableFuture<Void>, WriterCommand> command, String otherwise) {
        listener.handOver(partitions)
                .forEach(entry -> writer.accept(new WriterCommand.Write(List.of(entry), new CompletableFuture<>())));
        var done = new CompletableFuture<Void>();
        writer.accept(command.apply(done));
        return within(LAST_TRANSACTION, done, otherwise);
    }

    /** No harm if it takes longer: the transaction's commit carries the group's generation, and will be refused. */
    private Uni<Void> within(Duration patience, CompletionStage<Void> work, String otherwise) {
        return Uni.createFrom()
                .completionStage(work)
                .ifNoItem()
                .after(patience)
                .on(timer)
                .recoverWithItem(() -> {
                    LOG.warn(otherwise);
                    return null;
                });
    }
}
