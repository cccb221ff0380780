package io.freshet.api;

import io.freshet.event.FactKey;
import io.freshet.event.ReportKey;
import io.freshet.event.WorkspaceFact;
import io.freshet.view.ClusterView;
import io.freshet.view.ReportStatus;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that is known of a workspace.
 *
 * @param what held, learnt, paused or quarantined
 * @param subject {@code workspace}, a thing by its kind and token, or {@code key:} and a key
 * @param name what people call the subject in Mode; absent if it isn't known
 * @param by who had it done; absent where Freshet found out by itself
 */
public record FactRow(
        String account,
        String what,
        String subject,
        @Nullable String name,
        String why,
        @Nullable String by,
        Instant at) {

    public static FactRow of(WorkspaceFact fact) {
        return of(fact, fact.key().kind().word(), null);
    }

    /** With the name of its subject. */
    static FactRow of(WorkspaceFact fact, ClusterView view) {
        return of(fact, fact.key().kind().word(), name(fact.key(), view).orElse(null));
    }

    /** As it was taken back. */
    public static FactRow takenBack(WorkspaceFact fact) {
        return of(fact, fact.key().kind().undone(), null);
    }

    private static Optional<String> name(FactKey key, ClusterView view) {
        var token = key.subject().token();
        return switch (key.subject().kind()) {
            case REPORT -> view.report(new ReportKey(key.account(), token)).flatMap(ReportStatus::name);
            case DATASET -> view.report(ReportKey.dataset(key.account(), token)).flatMap(ReportStatus::name);
            case DATA_SOURCE, SPACE -> view.names().of(key.account(), key.subject());
            case WORKSPACE, KEY -> Optional.empty();
        };
    }

    private static FactRow of(WorkspaceFact fact, String what, @Nullable String name) {
        var key = fact.key();
        return new FactRow(
                key.account(),
                what,
                key.subject().text(),
                name,
                fact.why(),
                fact.by().orElse(null),
                fact.at());
    }
}
