package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A run of a report, as Mode shows it.
 *
 * @param state as Mode said it; {@code unknown} where it said nothing
 * @param pythonState of a report with a notebook
 * @param executedBy the link to who ran it
 * @param datasetTokens which datasets the run names, where it shows that
 */
public record ReportRun(
        String token,
        String state,
        String pythonState,
        Optional<Instant> createdAt,
        Optional<Instant> completedAt,
        Optional<String> executedBy,
        Optional<SortedSet<String>> datasetTokens) {

    private static final Set<String> OPEN_NOTEBOOK = Set.of("pending", "submitted");

    public ReportRun {
        datasetTokens = datasetTokens.map(tokens -> Collections.unmodifiableSortedSet(new TreeSet<>(tokens)));
    }

    static ReportRun of(JsonNode object) {
        return new ReportRun(
                LenientJson.token(object).orElseThrow(),
                LenientJson.text(object, "state").orElse("unknown"),
                LenientJson.text(object, "python_state").orElse("none"),
                LenientJson.time(object, "created_at"),
                LenientJson.time(object, "completed_at"),
                LenientJson.text(object.path("_links").path("executed_by"), "href"),
                datasets(object));
    }

    private static Optional<SortedSet<String>> datasets(JsonNode object) {
        if (!object.path("dataset_tokens").isArray()) {
            return Optional.empty();
        }
        var tokens = new TreeSet<String>();
        object.path("dataset_tokens")
                .forEach(element -> (element.isTextual() ? Optional.of(element.asText()) : LenientJson.token(element))
                        .ifPresent(tokens::add));
        return Optional.of(tokens);
    }

    /** It has ended well. A notebook's run ends as {@code completed}, which its notebook may still be working on. */
    public boolean hasSucceeded() {
        return state.equals("succeeded")
                || (state.equals("completed") && completedAt.isPresent() && !OPEN_NOTEBOOK.contains(pythonState));
    }

    public boolean hasFailed() {
        return state.equals("failed");
    }

    public boolean wasCancelled() {
        return state.equals("cancelled") || state.equals("canceled");
    }
}
