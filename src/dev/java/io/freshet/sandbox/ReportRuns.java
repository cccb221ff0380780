package io.freshet.sandbox;

import java.util.Locale;

/** What a run of a report does with the datasets that it names, or imports if it names none. Mode doesn't say which. */
public enum ReportRuns {
    /** It loads what the last good run of each dataset has left. */
    LOAD,
    /** It queries the warehouse for each: the dataset has a run of its own by that, and its {@code last_run_at} moves. */
    QUERY;

    /** As it is written on a command line: {@code load} or {@code query}. */
    public static ReportRuns of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
