package io.freshet.mode;

import io.freshet.mode.limit.CircuitBreaker;
import io.freshet.mode.limit.Lane;
import java.util.concurrent.atomic.AtomicReference;

/** Leave to make one call now. It must be used or given back, at once. */
public final class Permit {

    private enum Stage {
        GRANTED,
        GIVEN_BACK,
        SPENT,
        OVER
    }

    private final Gate gate;
    private final Lane lane;
    private final int probe;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.GRANTED);

    /** @param probe see {@link CircuitBreaker#probe} */
    Permit(Gate gate, Lane lane, int probe) {
        this.gate = gate;
        this.lane = lane;
        this.probe = probe;
    }

    /** The call isn't made after all. Without effect where it was. */
    public void giveBack() {
        if (stage.compareAndSet(Stage.GRANTED, Stage.GIVEN_BACK)) {
            gate.unused(probe);
        }
    }

    Lane lane() {
        return lane;
    }

    int probe() {
        return probe;
    }

    /**
     * The call leaves, and {@link #end} must be told whatever comes of it.
     *
     * @return false where the permit was given back, as by who has given up meanwhile: then it must not leave
     */
    boolean spend() {
        var isSpent = stage.compareAndSet(Stage.GRANTED, Stage.SPENT);
        if (!isSpent && stage.get() != Stage.GIVEN_BACK) {
            throw new IllegalStateException("a permit is for one call");
        }
        return isSpent;
    }

    /** The call has come to its end, in this way; of two, such as an answer and a cancellation at once, the first counts. */
    void end(Runnable how) {
        if (stage.compareAndSet(Stage.SPENT, Stage.OVER)) {
            how.run();
        }
    }
}
