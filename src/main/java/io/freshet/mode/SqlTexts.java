package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Answer.Success;
import io.freshet.mode.limit.Lane;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What datasets ask of their warehouse, read after everything else that is to be asked. */
public final class SqlTexts {

    /** Nobody wrote a longer one, and it would have to be looked through. */
    static final int LONGEST = 1 << 20;

    private final String account;
    private final ModeApi api;
    private final Dispatcher dispatcher;

    SqlTexts(String account, ModeApi api, Dispatcher dispatcher) {
        this.account = account;
        this.api = api;
        this.dispatcher = dispatcher;
    }

    /** The SQL of a dataset, with its templates and definitions as they were written. */
    public Uni<Answer<String>> of(String dataset) {
        return dispatcher
                .idempotent(Lane.BACKFILL, Operation.QUERIES, dataset, () -> api.queries(account, dataset))
                .map(answer -> answer.flatMap(SqlTexts::whole));
    }

    /** All of the workspace. */
    public Uni<Answer<List<Definition>>> definitions() {
        return dispatcher
                .idempotent(Lane.BACKFILL, Operation.DEFINITIONS, account, () -> api.definitions(account))
                .map(answer -> answer.flatMap(body -> PageWalk.rows(body, "definitions", Definition::of)));
    }

    /** A dataset has one query. Should there be several, all of them are what it reads. */
    private static Answer<String> whole(JsonNode body) {
        return PageWalk.rows(body, "queries", row -> LenientJson.text(row, "raw_query"))
                .flatMap(SqlTexts::together);
    }

    private static Answer<String> together(List<Optional<String>> queries) {
        if (queries.isEmpty() || queries.stream().anyMatch(Optional::isEmpty)) {
            return Answers.failure(Kind.UNREADABLE, 200, "the answer shows no SQL");
        }
        var sql = queries.stream().map(Optional::get).collect(Collectors.joining("\n"));
        return sql.length() <= LONGEST
                ? new Success<>(sql)
                : Answers.failure(Kind.UNREADABLE, 200, "the SQL has more than %d characters".formatted(LONGEST));
    }
}
