package io.freshet.ledger;

/** A batch was not planned: its data source is held since before the transaction that would have saved the plan. */
public final class HeldMeanwhile extends RuntimeException {

    public HeldMeanwhile() {
        super("held", null, false, false);
    }
}
