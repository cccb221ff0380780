package io.freshet.api.admin;

import io.freshet.api.FactRow;
import io.freshet.api.Problem;
import io.freshet.event.FactKey;
import io.freshet.event.Subject;
import io.freshet.event.WorkspaceFact;
import io.freshet.ledger.Ledger;
import io.freshet.ledger.LedgerEntry;
import io.freshet.ledger.WorkspaceFacts;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has what is known of a workspace added or taken back, at its owner. */
@ApplicationScoped
class FactChanges {

    private static final int LONGEST_WHY = 500;

    private final Ledger ledger;
    private final WorkspaceFacts facts;
    private final ModeCalls mode;
    private final RequestTimeout timeout;

    FactChanges(Ledger ledger, WorkspaceFacts facts, ModeCalls mode, RequestTimeout timeout) {
        this.ledger = ledger;
        this.facts = facts;
        this.mode = mode;
        this.timeout = timeout;
    }

    /** It is known then. Who came first is the one who has done it. */
    Uni<FactRow> add(FactKey key, String why, String by) {
        return enter(key, new LedgerEntry.FactAdded(key, why, Optional.of(by)))
                .map(done -> facts.find(key).map(FactRow::of).orElseThrow(() -> NotOwned.movedOn(key.account())));
    }

    /** It is known no longer. Ends with how it was known. */
    Uni<FactRow> takeBack(FactKey key, String why, String by) {
        var known = facts.find(key).orElseThrow(() -> unknown(key));
        return enter(key, new LedgerEntry.FactTakenBack(key, why, Optional.of(by)))
                .map(done -> FactRow.takenBack(known));
    }

    private static WebApplicationException unknown(FactKey key) {
        return Problem.of(
                        404,
                        "%s is not %s: see /api/v1/facts."
                                .formatted(key.subject(), key.kind().word()))
                .exception();
    }

    /** What is entered by somebody else than the owner has no effect. */
    private Uni<Void> enter(FactKey key, LedgerEntry entry) {
        return timeout.with(ledger.enter(List.of(entry)))
                .onFailure(TimeoutException.class)
                .transform(late -> timeout.tooLate().exception())
                .invoke(() -> mode.ready(key.account()))
                .replaceWithVoid();
    }

    static Subject subject(@Nullable String text, Set<Subject.Kind> kinds, String otherwise) {
        return Optional.ofNullable(text)
                .flatMap(Subject::parse)
                .filter(subject -> kinds.contains(subject.kind()))
                .orElseThrow(() -> Problem.wrong(otherwise));
    }

    /** @param otherwise if nothing is said */
    static String why(@Nullable String text, String otherwise) {
        var why = text == null || text.isBlank() ? otherwise : text.strip();
        if (why.length() > LONGEST_WHY || !WorkspaceFact.isSafe(why)) {
            throw Problem.wrong(
                    "why must be one line of at most %d characters, without quotation marks.".formatted(LONGEST_WHY));
        }
        return why;
    }
}
