package io.freshet.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/** The key of a record of the state topic that the view reads: {@code ACCOUNT/KIND/NAME}. */
record ViewKey(String account, Kind kind, String name) {

    enum Kind {
        REPORT,
        DATASET,
        CHANGE,
        BATCH,
        FACT,
        UNSHOWN
    }

    /** Empty for what is nobody's to look at, such as the request limit. */
    static Optional<ViewKey> parse(byte[] key) {
        var parts = new String(key, UTF_8).split("/", 3);
        if (parts.length != 3 || parts[0].isEmpty() || parts[2].isEmpty()) {
            return Optional.empty();
        }
        return kind(parts[1])
                .filter(kind -> kind == Kind.FACT || parts[2].indexOf('/') < 0)
                .map(kind -> new ViewKey(parts[0], kind, parts[2]));
    }

    private static Optional<Kind> kind(String word) {
        return switch (word) {
            case "reports" -> Optional.of(Kind.REPORT);
            case "datasets" -> Optional.of(Kind.DATASET);
            case "changes" -> Optional.of(Kind.CHANGE);
            case "batches" -> Optional.of(Kind.BATCH);
            case "facts" -> Optional.of(Kind.FACT);
            case "unshown" -> Optional.of(Kind.UNSHOWN);
            default -> Optional.empty();
        };
    }
}
