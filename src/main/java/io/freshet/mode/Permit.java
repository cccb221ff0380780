package io.freshet.mode;

import java.util.concurrent.atomic.AtomicReference;

/** Leave to make one call now. It must be used or given back, at once. */
public final class Permit {

    private enum Stage {
        GRANTED,
        SPENT,
        OVER
    }

    private final Gate gate;
    private final Lane lane;
    private final int probe;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.GRANTED);

    /** @param probe see {@link Circuit#probe} */
    Permit(Gate gate, Lane lane, int probe) {
        this.gate = gate;
        this.lane = lane;
        this.probe = probe;
    }

    /** The call isn't made after all. Without effect where it was. */
    public void giveBack() {
        if (stage.compareAndSet(Stage.GRANTED, Stage.OVER)) {
            gate.unused(probe);
        }
    }

    Lane lane() {
        return lane;
    }

    int probe() {
        return probe;
    }

    /** The call leaves. Whatever comes of it, {@link #end} must be told. */
    void spend() {
        if (!stage.compareAndSet(Stage.GRANTED, Stage.SPENT)) {
            throw new IllegalStateException("a permit is for one call");
        }
    }

    /** The call has come to its end, in this way; of two, such as an answer and a cancellation at once, the first counts. */
    void end(Runnable how) {
        if (stage.compareAndSet(Stage.SPENT, Stage.OVER)) {
            how.run();
        }
    }
}
