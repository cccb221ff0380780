package io.freshet.simulation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What a process takes for a pool of threads. */
final class Threads extends AbstractExecutorService implements ScheduledExecutorService {

    @SuppressWarnings("NullAway.Init") // a task is known to nobody before it has its event
    private static final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private VirtualTime.Event event;

        Task(Callable<V> what) {
            super(what);
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            event.cancel();
            return super.cancel(mayInterrupt);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException();
        }

        boolean again() {
            return runAndReset();
        }
    }

    private final VirtualTime time;
    private final Machine machine;
    private final Duration longest;
    private long busyUntil;
    private boolean isShutdown;

    /** @param longest how long a task waits for a thread */
    Threads(VirtualTime time, Machine machine, Duration longest) {
        this.time = time;
        this.machine = machine;
        this.longest = longest;
    }

    /** All of them have something to do for so long. */
    void busyFor(Duration length) {
        busyUntil = time.nanos() + length.toNanos();
    }

    /** Mostly soon, now and then late. */
    private Duration untilAThreadIsFree() {
        return time.between(Duration.ZERO, time.chance(0.1) ? longest : longest.dividedBy(20))
                .plusNanos(Math.max(0, busyUntil - time.nanos()));
    }

    @Override
    public void execute(Runnable what) {
        if (!isShutdown) {
            machine.after(untilAThreadIsFree(), what);
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable what, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    what.run();
                    return null;
                },
                delay,
                unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> what, long delay, TimeUnit unit) {
        var task = new Task<>(what);
        task.event = machine.after(Duration.ofNanos(unit.toNanos(delay)).plus(untilAThreadIsFree()), task);
        return task;
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable what, long first, long delay, TimeUnit unit) {
        var task = new Task<Void>(() -> {
            what.run();
            return null;
        });
        repeat(task, Duration.ofNanos(unit.toNanos(first)), Duration.ofNanos(unit.toNanos(delay)));
        return task;
    }

    private void repeat(Task<Void> task, Duration first, Duration delay) {
        task.event = machine.after(first.plus(untilAThreadIsFree()), () -> {
            if (task.again()) {
                repeat(task, delay, delay);
            }
        });
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable what, long first, long period, TimeUnit unit) {
        return scheduleWithFixedDelay(what, first, period, unit);
    }

    @Override
    public void shutdown() {
        isShutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        isShutdown = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return isShutdown;
    }

    @Override
    public boolean isTerminated() {
        return isShutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isShutdown;
    }
}
