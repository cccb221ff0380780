package io.freshet.mode.limit;

import java.util.Locale;

/** What a call is for. Where the budget is short, lanes get shares of it in proportion to their weight. */
public enum Lane {
    /** A run is posted, or looked for that may have been posted. */
    POST(20),
    /** An open run is asked after. */
    ASK(1),
    /** A change is resolved into reports. */
    RESOLVE(3),
    /** A run is posted for a backfill, which nobody waits for. It leaves a part of the budget alone for the others. */
    BACKFILL(1);

    final int weight;

    Lane(int weight) {
        this.weight = weight;
    }

    /** As it is spelled in metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
