package io.freshet.event;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * In which traces something stands, as <a href="https://www.w3.org/TR/trace-context/">W3C trace parents</a>. The first
 * is the one that is continued; the others met it on the way, and are linked. At most {@value #MOST}.
 */
public record Traces(List<String> parents) {

    static final int MOST = 8;
    /** The header of a record, and the CloudEvents extension. */
    static final String NAME = "traceparent";

    private static final Traces NONE = new Traces(List.of());
    private static final Pattern PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    public Traces {
        parents = parents.stream()
                .filter(parent -> PARENT.matcher(parent).matches())
                .distinct()
                .limit(MOST)
                .toList();
    }

    public static Traces none() {
        return NONE;
    }

    /** None where the text is no trace parent: a trace is never a reason to refuse a record. */
    public static Traces of(String parent) {
        return new Traces(List.of(parent));
    }

    public Traces and(Traces others) {
        return others.parents.isEmpty()
                ? this
                : new Traces(
                        Stream.concat(parents.stream(), others.parents.stream()).toList());
    }

    /** The one that is continued. */
    public Optional<String> parent() {
        return parents.stream().findFirst();
    }
}
