package io.freshet.api;

import io.freshet.event.WorkspaceFact;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that is known of a workspace.
 *
 * @param what held, learnt, paused or quarantined
 * @param subject {@code workspace}, a thing by its kind and token, or {@code key:} and a key
 * @param by who had it done; absent where Freshet found out by itself
 */
public record FactRow(
        String account,
        String what,
        String subject,
        String why,
        @Nullable String by,
        Instant at) {

    public static FactRow of(WorkspaceFact fact) {
        return of(fact, fact.key().kind().word());
    }

    /** As it was taken back. */
    public static FactRow takenBack(WorkspaceFact fact) {
        return of(fact, fact.key().kind().undone());
    }

    private static FactRow of(WorkspaceFact fact, String what) {
        var key = fact.key();
        return new FactRow(
                key.account(), what, key.subject().text(), fact.why(), fact.by().orElse(null), fact.at());
    }
}
