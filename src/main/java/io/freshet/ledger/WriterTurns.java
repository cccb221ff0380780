package io.freshet.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Gives the writer its turns, one at a time. What can't be written now is tried again after a pause that doubles. */
final class WriterTurns {

    private static final Logger LOG = Logger.getLogger(WriterTurns.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final LedgerWriter writer;
    private final TransactionLog log;
    private final WriteTrouble trouble;
    private final ScheduledExecutorService thread;
    private final Queue<WriterCommand> commands = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isCalled = new AtomicBoolean();
    private Duration pause = FIRST_PAUSE;
    private boolean isToBeTried;
    private @Nullable Future<?> again;
    private WriterCommand.@Nullable Stop stop;
    private volatile boolean hasStopped;
    private volatile @Nullable Error death;

    /** @param thread one, since the writer must be told one thing at a time, and waits for Kafka */
    WriterTurns(LedgerWriter writer, TransactionLog log, WriteTrouble trouble, ScheduledExecutorService thread) {
        this.writer = writer;
        this.log = log;
        this.trouble = trouble;
        this.thread = thread;
    }

    /** Returns at once. What comes while the writer writes is taken together. */
    void add(WriterCommand command) {
        commands.add(command);
        if (!hasStopped && isCalled.compareAndSet(false, true)) {
            thread.execute(this::run);
        }
    }

    /** The error that nothing goes on after, once it has struck. */
    Optional<Error> death() {
        return Optional.ofNullable(death);
    }

    private void run() {
        isCalled.set(false);
        try {
            takeAll();
        } catch (Error e) {
            LOG.errorf(e, "the ledger's writer has ended: only a restart helps");
            death = e;
            throw e;
        }
    }

    private void takeAll() {
        for (var command = commands.poll(); command != null; command = commands.poll()) {
            take(command);
        }
        if (turn()) {
            tryAgain();
        } else if (stop != null) {
            end(stop);
        }
    }

    private void tryAgain() {
        if (again != null) {
            again.cancel(false);
        }
        again = thread.schedule(this::run, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void take(WriterCommand command) {
        if (command instanceof WriterCommand.Stop last) {
            stop = last; // once all is written: the group may just have another generation, of which is heard next
            return;
        }
        try {
            writer.take(command);
            isToBeTried |= command instanceof WriterCommand.Assigned;
        } catch (RuntimeException e) {
            LOG.errorf(e, "the ledger's writer failed in a way that nobody thought of, and goes on");
        }
    }

    private boolean turn() {
        try {
            var isWaiting = writer.turn();
            // Whether anything can be written is seen at the takeover, not with the first change.
            isToBeTried = isToBeTried && stop == null && !log.isReady();
            isWaiting |= isToBeTried;
            if (!isWaiting) {
                trouble.isOver();
            }
            pause = isWaiting ? longer(pause) : FIRST_PAUSE;
            return isWaiting;
        } catch (RuntimeException e) {
            LOG.errorf(e, "the ledger's writer failed in a way that nobody thought of, and tries again");
            pause = longer(pause);
            return true;
        }
    }

    private void end(WriterCommand.Stop last) {
        hasStopped = true;
        thread.shutdown();
        writer.close();
        last.done().complete(null);
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
