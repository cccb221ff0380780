package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
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

    private static final Set<String> OPEN = Set.of("pending", "enqueued", "running", "running_notebook", "completed");
    private static final Set<String> OPEN_NOTEBOOK = Set.of("pending", "submitted");

    public ReportRun {
        datasetTokens = datasetTokens.map(tokens -> Collections.unmodifiableSortedSet(new TreeSet<>(tokens)));
    }

    static ReportRun of(JsonNode object) {
        return new ReportRun(
                LenientJson.token(object).orElseThrow(),
                LenientJson.word(object, "state").orElse("unknown"),
                LenientJson.word(object, "python_state").orElse("none"),
                LenientJson.time(object, "created_at"),
                LenientJson.time(object, "completed_at"),
                LenientJson.word(object.path("_links").path("executed_by"), "href"),
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
        return is("succeeded") || (is("completed") && completedAt.isPresent() && !OPEN_NOTEBOOK.contains(pythonState));
    }

    /** It says that it is completed, and something is lacking: the time, or the end of its notebook. */
    public boolean isHalfEnded() {
        return is("completed") && !hasSucceeded();
    }

    /** Nobody has heard of its state. If it has a time, it has ended somehow. */
    public boolean isStrange() {
        return !OPEN.contains(word()) && !hasSucceeded() && !is("failed") && !wasCancelled();
    }

    public boolean hasFailed() {
        return is("failed") || (isStrange() && completedAt.isPresent());
    }

    public boolean wasCancelled() {
        return is("cancelled") || is("canceled");
    }

    private boolean is(String word) {
        return word().equals(word);
    }

    private String word() {
        return state.toLowerCase(Locale.ROOT);
    }
}
