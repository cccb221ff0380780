package io.freshet.view;

/** How many runs of a batch have ended how, and how many haven't yet. */
public record RunCounts(int succeeded, int failed, int cancelled, int timedOut, int rejected, int leftOut, int open) {

    public static final RunCounts NONE = new RunCounts(0, 0, 0, 0, 0, 0, 0);
}
