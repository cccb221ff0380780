package io.freshet.event;

import java.util.Optional;

/** A report of a workspace; on the wire, and as the key of all topics that are kept per report, {@code account/token}. */
public record ReportKey(String account, String reportToken) {

    /** Empty where the text is no such key. */
    public static Optional<ReportKey> parse(String key) {
        var slash = key.indexOf('/');
        return slash <= 0 || !Tokens.isToken(key.substring(slash + 1))
                ? Optional.empty()
                : Optional.of(new ReportKey(key.substring(0, slash), key.substring(slash + 1)));
    }

    public String key() {
        return account + "/" + reportToken;
    }

    @Override
    public String toString() {
        return key();
    }
}
