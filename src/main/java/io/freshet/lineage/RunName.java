package io.freshet.lineage;

import java.util.regex.Pattern;

/** A run's id as it may stand in a key. It should be a UUID; what isn't is named by its digest. */
public final class RunName {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private RunName() {}

    static String of(String runId) {
        return isName(runId) ? runId : Digests.hex(runId, 16);
    }

    /** Whether the text names a run in a key. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
