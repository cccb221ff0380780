package io.freshet.ledger;

import static io.freshet.ledger.Entries.ACME;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.state.RequestLimit;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriterTurnsTest {

    private static final LedgerListener ANYBODY = listener((proxy, method, arguments) -> null);
    /** Nothing is committed, so there is nothing to hear. */
    private static final LedgerListener NOBODY = listener((proxy, method, arguments) -> {
        throw new AssertionError(method);
    });

    private static LedgerListener listener(InvocationHandler hears) {
        return (LedgerListener) Proxy.newProxyInstance(
                LedgerListener.class.getClassLoader(), new Class<?>[] {LedgerListener.class}, hears);
    }

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final WriteTrouble trouble = new WriteTrouble();

    @AfterEach
    void close() {
        thread.shutdownNow();
    }

    private WriterTurns turns(TransactionLog log) {
        var writer = new LedgerWriter(Entries.PARTITIONS, log, 10, NOBODY, partitions -> {}, Clock.systemUTC());
        return new WriterTurns(writer, log, trouble, thread);
    }

    private static WriterCommand assigned() {
        return new WriterCommand.Assigned(Set.of(ACME), new ConsumerGroupMetadata("freshet-owners"));
    }

    @Test
    void shouldTryAtTheTakeoverWhetherItMayWriteUntilItMay() {
        var tries = new AtomicInteger();
        var turns = turns(new NothingIsWritten() {
            @Override
            public boolean isReady() {
                if (tries.incrementAndGet() < 3) {
                    trouble.failed("not_begun", new IllegalStateException("no right"));
                    return false;
                }
                assertThat(trouble.cause())
                        .hasValueSatisfying(cause -> assertThat(cause).endsWith("no right"));
                return true;
            }
        });

        turns.add(assigned());

        await().until(() -> tries.get() == 3 && trouble.cause().isEmpty());
        turns.add(new WriterCommand.GenerationChanged(new ConsumerGroupMetadata("freshet-owners")));
        assertThat(tries).as("well, and not asked again").hasValue(3);
    }

    @Test
    void shouldSayWhichErrorHasEndedIt() {
        var turns = turns(new NothingIsWritten() {
            @Override
            public boolean isReady() {
                throw new UnsatisfiedLinkError("no zstd-jni in java.library.path");
            }
        });

        turns.add(assigned());

        await().untilAsserted(() -> assertThat(turns.death())
                .hasValueSatisfying(error -> assertThat(error).hasMessage("no zstd-jni in java.library.path")));
    }

    /** Or what the next owner must know is lost, whenever a replica is stopped while others join or leave. */
    @Test
    void shouldNotStopBeforeAllIsWrittenInTheNextGeneration() {
        var committed = new AtomicInteger();
        var refused = new AtomicInteger();
        var turns = owning(new NothingIsWritten() {
            @Override
            public CommitResult write(StagedTransaction staged, ConsumerGroupMetadata group) {
                if (group.generationId() < 2) {
                    refused.incrementAndGet();
                    return new CommitResult.GenerationPassed();
                }
                committed.incrementAndGet();
                return new CommitResult.Committed();
            }
        });
        var stopped = new CompletableFuture<Void>();

        turns.add(new WriterCommand.Write(
                List.of(new LedgerEntry.LimitSaved("acme", new RequestLimit.Calling())), new CompletableFuture<>()));
        turns.add(new WriterCommand.Stop(stopped));

        await().until(() -> refused.get() > 0);
        assertThat(stopped).isNotDone();
        turns.add(new WriterCommand.GenerationChanged(group(2)));
        await().until(stopped::isDone);
        assertThat(committed).hasValue(1);
    }

    private WriterTurns owning(TransactionLog log) {
        var turns = new AtomicReference<WriterTurns>();
        var nothing = Entries.restored(Map.of(), Map.of(), Set.of(), 0);
        var writer = new LedgerWriter(
                Entries.PARTITIONS,
                log,
                10,
                ANYBODY,
                assignments ->
                        requireNonNull(turns.get()).add(new WriterCommand.Restored(assignments, Map.of(ACME, nothing))),
                Clock.systemUTC());
        turns.set(new WriterTurns(writer, log, trouble, thread));
        requireNonNull(turns.get()).add(new WriterCommand.Assigned(Set.of(ACME), group(1)));
        return turns.get();
    }

    private static ConsumerGroupMetadata group(int generation) {
        return new ConsumerGroupMetadata("freshet-owners", generation, "member-1", Optional.empty());
    }

    /** A log that is never written to. */
    private static class NothingIsWritten implements TransactionLog {
        @Override
        public CommitResult write(StagedTransaction staged, ConsumerGroupMetadata group) {
            throw new AssertionError("there is nothing to write");
        }

        @Override
        public void close() {}
    }
}
