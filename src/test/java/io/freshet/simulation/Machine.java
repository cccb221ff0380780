package io.freshet.simulation;

import io.freshet.mode.Clocks;
import io.freshet.mode.MonotonicClock;
import io.freshet.mode.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;

/** A process of its own: its clocks, which drift and are set, and its threads, which may be halted, and end with it. */
final class Machine {

    private enum Stage {
        RUNS,
        HALTED,
        DEAD
    }

    private final VirtualTime time;
    /** How fast its crystal is. */
    private final double rate;

    private final Deque<Runnable> held = new ArrayDeque<>();
    private Duration wallOffset;
    private Stage stage = Stage.RUNS;

    Machine(VirtualTime time, Duration wallOffset) {
        this.time = time;
        this.wallOffset = wallOffset;
        this.rate = 1 + (time.random().nextDouble() - 0.5) * 2e-4;
    }

    Clocks clocks() {
        var wall = new Clock() {
            @Override
            public Instant instant() {
                return VirtualTime.START.plusNanos(localNanos()).plus(wallOffset);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        return new Clocks(wall, new MonotonicClock(wall, this::localNanos), new SteadyClock(wall, this::localNanos));
    }

    private long localNanos() {
        return (long) (time.nanos() * rate);
    }

    /** Somebody sets its wall clock. */
    void setClock(Duration by) {
        wallOffset = wallOffset.plus(by);
    }

    Duration wallOffset() {
        return wallOffset;
    }

    /** Threads that begin what they are given after some delay. */
    Threads threads(Duration longest) {
        return new Threads(time, this, longest);
    }

    /** Something that this process does after so much of its own time. */
    VirtualTime.Event after(Duration delay, Runnable what) {
        return time.afterNanos((long) (delay.toNanos() / rate), () -> take(what));
    }

    private void take(Runnable what) {
        switch (stage) {
            case RUNS -> what.run();
            case HALTED -> held.add(what);
            case DEAD -> {}
        }
    }

    boolean isRunning() {
        return stage == Stage.RUNS;
    }

    boolean isDead() {
        return stage == Stage.DEAD;
    }

    void halt() {
        if (stage == Stage.RUNS) {
            stage = Stage.HALTED;
        }
    }

    void goOn() {
        if (stage == Stage.HALTED) {
            stage = Stage.RUNS;
            while (!held.isEmpty()) {
                var what = held.remove();
                time.after(time.millis(0, 20), () -> take(what));
            }
        }
    }

    void kill() {
        stage = Stage.DEAD;
        held.clear();
    }
}
