package io.freshet.sandbox;

/** Where a client can see when a dataset was last run. */
public enum LastRunsTold {
    /** In its row, and in the list of its runs. */
    IN_ROWS,
    /** In the list of its runs only: its row says null. */
    IN_RUNS,
    /** Nowhere: the list of its runs is empty, too. */
    NOWHERE
}
