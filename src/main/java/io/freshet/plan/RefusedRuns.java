package io.freshet.plan;

/** Which datasets Mode refuses to run. Safe for several threads. */
public interface RefusedRuns {

    /** Whether it has done so not long ago, for a reason that lasts. */
    boolean isRefused(String account, String dataset);
}
