package io.freshet.mode;

import java.util.concurrent.atomic.AtomicBoolean;

/** Leave to make one call now. It must be used or given back, at once. */
public final class Permit {

    private final Gate gate;
    private final Lane lane;
    private final int probe;
    private final AtomicBoolean spent = new AtomicBoolean();

    /** @param probe see {@link Circuit#probe} */
    Permit(Gate gate, Lane lane, int probe) {
        this.gate = gate;
        this.lane = lane;
        this.probe = probe;
    }

    /** The call isn't made after all. Without effect where it was. */
    public void giveBack() {
        if (spent.compareAndSet(false, true)) {
            gate.unused(probe);
        }
    }

    Lane lane() {
        return lane;
    }

    int probe() {
        return probe;
    }

    void spend() {
        if (!spent.compareAndSet(false, true)) {
            throw new IllegalStateException("a permit is for one call");
        }
    }
}
