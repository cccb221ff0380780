package io.freshet.view;

import java.util.Locale;

/** What the owner does next for a report. */
public enum NextStep {
    POST,
    BACKFILL,
    RECONCILE,
    ASK,
    /** It waits until datasets have been run. */
    AWAIT_DATASETS;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
