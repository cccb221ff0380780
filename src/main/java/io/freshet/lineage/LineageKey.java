package io.freshet.lineage;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run, as it concerns one workspace. */
public record LineageKey(String account, String run) {

    private static final String KIND = "/lineage/";

    /** The key of its records in Freshet's own topics. */
    public String text() {
        return account + KIND + run;
    }

    /** Empty if a record of the inbox is about something else. */
    public static Optional<LineageKey> parse(byte @Nullable [] key) {
        var text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        var slash = text.indexOf('/');
        return slash > 0 && text.startsWith(KIND, slash)
                ? Optional.of(new LineageKey(text.substring(0, slash), text.substring(slash + KIND.length())))
                : Optional.empty();
    }
}
