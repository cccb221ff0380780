package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Answer.Success;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Reads a listing page by page, and each token once. Mode's listings differ in what they say of their end: many ignore
 * {@code page}, or say nothing. So the walk stops at a page without rows, whatever its form ({@link LenientJson#rows}), at one
 * with no unseen token, or where {@code total_pages} are read; never because a page is short.
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
        return Uni.createFrom().deferred(() -> walk(pages, atOnce, new AtomicInteger(), new LinkedHashMap<>()));
    }

    /** A loop: a chain with a link for each page would overflow the stack before the last. */
    private Uni<Answer<List<T>>> walk(
            IntFunction<Uni<Answer<JsonNode>>> pages, int atOnce, AtomicInteger read, Map<String, T> seen) {
        return Uni.createFrom()
                .deferred(() -> next(pages, read.get() + 1, read.get() == 0 ? atOnce : 1))
                .map(answers -> end(answers, read, seen))
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
        return LenientJson.rows(body, key)
                .<Answer<List<T>>>map(
                        rows -> new Success<>(rows.stream().map(reading).toList()))
                .orElseGet(() -> Answers.failure(
                        Kind.UNREADABLE, 200, "the listing has something else than rows at \"_embedded\"." + key));
    }

    private static <T> Optional<Answer<List<T>>> failed(Failure<?> failure) {
        return Optional.of(failure.as());
    }

    /** What is behind the end doesn't count, whether it could be read or not. */
    private Optional<Answer<List<T>>> end(List<Answer<JsonNode>> answers, AtomicInteger read, Map<String, T> seen) {
        return answers.stream()
                .map(answer -> answer.fold(body -> end(read.incrementAndGet(), body, seen), PageWalk::<T>failed))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What the walk comes to where this page is its end; empty where it goes on. */
    private Optional<Answer<List<T>>> end(int page, JsonNode body, Map<String, T> seen) {
        var rows = LenientJson.rows(body, key);
        if (rows.isEmpty()) {
            return Optional.of(rows(body, key, reading));
        }
        var unseen = rows.get().stream()
                .filter(row -> !seen.containsKey(LenientJson.token(row).orElseThrow()))
                .toList();
        var isLast = unseen.isEmpty()
                || LenientJson.totalPages(body).filter(total -> page >= total).isPresent();
        for (var row : unseen) {
            var read = seen.computeIfAbsent(LenientJson.token(row).orElseThrow(), token -> reading.apply(row));
            isLast = isLast || enough.test(read);
        }
        if (isLast) {
            return Optional.of(new Success<>(new ArrayList<>(seen.values())));
        }
        return page < MOST_PAGES
                ? Optional.empty()
                : Optional.of(Answers.failure(Kind.UNREADABLE, 200, "the listing has no end after " + page + " pages"));
    }
}
