package io.freshet.mode;

import java.util.concurrent.atomic.AtomicBoolean;

/** Leave to make one call now. It must be used or given back, at once. */
public final class Permit {

    private final Gate gate;
    private final Lane lane;
    private final AtomicBoolean spent = new AtomicBoolean();

    Permit(Gate gate, Lane lane) {
        this.gate = gate;
        this.lane = lane;
    }

    /** The call isn't made after all. Without effect where it was. */
    public void giveBack() {
        if (spent.compareAndSet(false, true)) {
            gate.unused();
        }
    }

    Lane lane() {
        return lane;
    }

    void spend() {
        if (!spent.compareAndSet(false, true)) {
            throw new IllegalStateException("a permit is for one call");
        }
    }
}
