package io.freshet.plan;

import java.util.Locale;

/** What a plan does with a dataset that has changed. */
public enum DatasetDecision {
    RUN_FIRST("it is run, and its reports after it"),
    ALREADY_FRESH("its last run began after the change and ended well: only its reports are run"),
    RUN_REFUSED("Mode refused to run it less than a day ago: its reports are run all the same"),
    WITH_REPORTS("its reports are run, and name it"),
    NO_REPORTS("no report imports it");

    private final String why;

    DatasetDecision(String why) {
        this.why = why;
    }

    /** One word for machines. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One sentence for people. */
    public String why() {
        return why;
    }

    /** Whether people would expect it to be run first, and it isn't. */
    boolean isLeftOut() {
        return this == ALREADY_FRESH || this == RUN_REFUSED;
    }
}
