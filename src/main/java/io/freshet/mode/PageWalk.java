package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Answer.Success;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Reads a listing page by page, and each token once. Mode's listings differ in what they say of their end: many ignore
 * {@code page}, or say nothing. So the walk stops at a page without rows, whatever its form ({@link LenientJson#rows}), at one
 * with no unseen token, where {@code total_pages} are read, or where Mode knows no such page after one that it showed; never
 * because a page is short.
 *
 * @param enough stops the walk early, on a row of which the rest is of no interest
 */
record PageWalk<T>(String key, Function<JsonNode, T> reading, Predicate<T> enough) {

    private static final int MOST_PAGES = 1_000;

    Uni<Answer<List<T>>> walk(IntFunction<Uni<Answer<JsonNode>>> pages) {
        return walk(pages, 1);
    }

    /** @param atOnce how many pages to ask for to begin with, before it is known whether there are so many */
    Uni<Answer<List<T>>> walk(IntFunction<Uni<Answer<JsonNode>>> pages, int atOnce) {
        return walked(pages, atOnce)
                .map(answer -> answer.map(walked -> List.copyOf(walked.rows().values())));
    }

    /** The same, with what each page showed. */
    Uni<Answer<Walked<T>>> walked(IntFunction<Uni<Answer<JsonNode>>> pages, int atOnce) {
        return Uni.createFrom().deferred(() -> walk(pages, atOnce, new Walked<>()));
    }

    /** A loop: a chain with a link for each page would overflow the stack before the last. */
    private Uni<Answer<Walked<T>>> walk(IntFunction<Uni<Answer<JsonNode>>> pages, int atOnce, Walked<T> walked) {
        return Uni.createFrom()
                .deferred(() ->
                        next(pages, walked.pages().size() + 1, walked.pages().isEmpty() ? atOnce : 1))
                .map(answers -> end(answers, walked))
                .repeat()
                .whilst(Optional::isEmpty)
                .collect()
                .last()
                .map(Optional::orElseThrow);
    }

    private static Uni<List<Answer<JsonNode>>> next(IntFunction<Uni<Answer<JsonNode>>> pages, int first, int howMany) {
        return Uni.join()
                .all(IntStream.range(first, first + howMany).mapToObj(pages).toList())
                .andCollectFailures();
    }

    /** What one page shows. */
    static <T> Answer<List<T>> rows(JsonNode body, String key, Function<JsonNode, T> reading) {
        return rows(body, key).map(rows -> rows.stream().map(reading).toList());
    }

    private static Answer<List<JsonNode>> rows(JsonNode body, String key) {
        return LenientJson.rows(body, key)
                .<Answer<List<JsonNode>>>map(Success::new)
                .orElseGet(() -> Answers.failure(
                        Kind.UNREADABLE, 200, "the listing has something else than rows at \"_embedded\"." + key));
    }

    /** What one page shows, by itself. */
    Answer<Walked<T>> page(JsonNode body) {
        return rows(body, key).map(rows -> {
            var page = new Walked<T>();
            page.add(rows, reading);
            return page;
        });
    }

    private static <T> Optional<Answer<T>> failed(Failure<?> failure) {
        return Optional.of(failure.as());
    }

    /** Past the end, some answer 404, and a front end does so with a page of its own. */
    private static <T> Optional<Answer<Walked<T>>> failed(Failure<?> failure, Walked<T> walked) {
        return failure.isNotThere() && !walked.pages().isEmpty() ? Optional.of(new Success<>(walked)) : failed(failure);
    }

    /** What is behind the end doesn't count, whether it could be read or not. */
    private Optional<Answer<Walked<T>>> end(List<Answer<JsonNode>> answers, Walked<T> walked) {
        return answers.stream()
                .map(answer -> answer.fold(body -> end(body, walked), failure -> failed(failure, walked)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What the walk comes to where this page is its end; empty where it goes on. */
    private Optional<Answer<Walked<T>>> end(JsonNode body, Walked<T> walked) {
        return rows(body, key)
                .fold(rows -> end(rows, LenientJson.totalPages(body), walked), PageWalk::<Walked<T>>failed);
    }

    private Optional<Answer<Walked<T>>> end(List<JsonNode> rows, Optional<Integer> totalPages, Walked<T> walked) {
        var unseen = walked.add(rows, reading);
        var read = walked.pages().size();
        if (unseen.isEmpty()
                || totalPages.filter(total -> read >= total).isPresent()
                || unseen.stream().anyMatch(enough)) {
            return Optional.of(new Success<>(walked));
        }
        return read < MOST_PAGES
                ? Optional.empty()
                : Optional.of(Answers.failure(Kind.UNREADABLE, 200, "the listing has no end after " + read + " pages"));
    }
}
