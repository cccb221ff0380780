package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.mode.Answer.Success;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Reads a listing that may move while it is read. If a row leaves a page that has been read, the first row of the next
 * page takes the place at its end, behind the reader, and the walk never sees it. But then that page shows other rows
 * than it did. So each page that another may have followed is looked at once more, and if one has changed, the listing
 * is read again.
 *
 * <p>A second look at the first page alone would cost less, and miss a row that left the second. A listing with one page
 * of rows, which is not full, costs no call more.
 */
final class StableListing<T> {

    private static final int MOST_READINGS = 3;
    /** Mode's listings have so many rows a page, whatever is asked for. */
    private static final int FULL_PAGE = 30;

    private final PageWalk<T> walk;
    private final IntFunction<Uni<Answer<JsonNode>>> pages;
    private final int atOnce;
    /** Every row that any reading has shown. */
    private final Map<String, T> ever = new LinkedHashMap<>();

    StableListing(PageWalk<T> walk, IntFunction<Uni<Answer<JsonNode>>> pages, int atOnce) {
        this.walk = walk;
        this.pages = pages;
        this.atOnce = atOnce;
    }

    /** To be subscribed to once. */
    Uni<Answer<List<T>>> read() {
        return read(1);
    }

    private Uni<Answer<List<T>>> read(int reading) {
        return walk.walked(pages, atOnce).flatMap(answer -> answer.then(walked -> settle(walked, reading)));
    }

    private Uni<Answer<List<T>>> settle(Walked<T> walked, int reading) {
        ever.putAll(walked.rows());
        return lookAgain(walked).flatMap(answer -> answer.then(same -> decide(same, walked, reading)));
    }

    /** A listing that never rests is not waited for. A row too many costs a call, a row too few loses a refresh. */
    private Uni<Answer<List<T>>> decide(boolean same, Walked<T> walked, int reading) {
        if (!same && reading < MOST_READINGS) {
            return read(reading + 1);
        }
        var rows = same ? walked.rows() : ever;
        return Uni.createFrom().item(new Success<>(List.copyOf(rows.values())));
    }

    /** Whether the pages show the same rows as before, in whatever order. */
    private Uni<Answer<Boolean>> lookAgain(Walked<T> walked) {
        return Multi.createFrom()
                .iterable(IntStream.rangeClosed(1, followed(walked.pages()))
                        .boxed()
                        .toList())
                .onItem()
                .transformToUniAndConcatenate(
                        number -> lookAgain(number, walked.pages().get(number - 1)))
                .collect()
                .asList()
                .map(looks -> looks.stream().reduce(new Success<>(true), StableListing::both));
    }

    /**
     * How many pages another may have followed. A full last page may have had one, which a row that left made empty by
     * the time that it was asked for.
     */
    private static int followed(List<Set<String>> pages) {
        var last = pages.size() - 1;
        if (last < 0) {
            return 0;
        }
        var full = last == 0 ? FULL_PAGE : Math.min(FULL_PAGE, pages.get(0).size());
        return pages.get(last).size() >= full ? last + 1 : last;
    }

    private Uni<Answer<Boolean>> lookAgain(int number, Set<String> before) {
        return pages.apply(number).map(answer -> answer.flatMap(walk::page)
                .fold(
                        page -> new Success<>(isSame(page, before)),
                        failure -> number > 1 && failure.isNotThere() ? new Success<>(false) : failure.as()));
    }

    private boolean isSame(Walked<T> page, Set<String> before) {
        ever.putAll(page.rows());
        return page.rows().keySet().equals(before);
    }

    private static Answer<Boolean> both(Answer<Boolean> one, Answer<Boolean> other) {
        return one.flatMap(same -> other.map(otherIsSame -> same && otherIsSame));
    }
}
