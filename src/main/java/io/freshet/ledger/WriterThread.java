package io.freshet.ledger;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Gives the writer its turns. What can't be written now is tried again after a pause that doubles. */
final class WriterThread implements Runnable {

    private static final Logger LOG = Logger.getLogger(WriterThread.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final BlockingQueue<WriterCommand> commands;
    private final LedgerWriter writer;
    private Duration pause = FIRST_PAUSE;

    WriterThread(BlockingQueue<WriterCommand> commands, LedgerWriter writer) {
        this.commands = commands;
        this.writer = writer;
    }

    @Override
    public void run() {
        try {
            var isWaiting = false;
            WriterCommand command = null;
            while (!(command instanceof WriterCommand.Stop)) {
                command = isWaiting ? commands.poll(pause.toMillis(), TimeUnit.MILLISECONDS) : commands.take();
                while (command != null && !(command instanceof WriterCommand.Stop)) {
                    take(command);
                    command = commands.poll();
                }
                isWaiting = turn();
            }
            ((WriterCommand.Stop) command).done().complete(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            writer.close();
        }
    }

    private void take(WriterCommand command) {
        try {
            writer.take(command);
        } catch (RuntimeException e) {
            LOG.errorf(e, "the ledger's writer failed in a way that nobody thought of, and goes on");
        }
    }

    private boolean turn() {
        try {
            var isWaiting = writer.turn();
            pause = isWaiting ? longer(pause) : FIRST_PAUSE;
            return isWaiting;
        } catch (RuntimeException e) {
            LOG.errorf(e, "the ledger's writer failed in a way that nobody thought of, and tries again");
            pause = longer(pause);
            return true;
        }
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
