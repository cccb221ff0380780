package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Answer.Success;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listings of few rows a page, which move between the calls. */
class StableListingTest {

    private final List<String> rows = new ArrayList<>();
    private int size = 2;
    private final List<Integer> asked = new ArrayList<>();
    /** What happens after so many calls. */
    private IntConsumer afterCalls = calls -> {};

    @Test
    void shouldCostNoCallMoreForOnePageOfRows() {
        listing("a", "b");

        assertThat(read()).containsExactly("a", "b");
        assertThat(asked).containsExactly(1, 2);
    }

    @Test
    void shouldLookOnceMoreAtEachPageThatAnotherFollows() {
        listing("a", "b", "c", "d", "e");

        assertThat(read()).containsExactly("a", "b", "c", "d", "e");
        assertThat(asked).containsExactly(1, 2, 3, 4, 1, 2);
    }

    /** Another may have followed it, and be empty by now. */
    @Test
    void shouldLookOnceMoreAtALastPageThatIsFull() {
        listing("a", "b", "c", "d");

        assertThat(read()).containsExactly("a", "b", "c", "d");
        assertThat(asked).containsExactly(1, 2, 3, 1, 2);
    }

    @Test
    void shouldNotLookAgainAtAListingThatIgnoresThePage() {
        var everything = page(List.of("a", "b", "c"));

        var tokens = success(read(number -> new Success<>(everything)));

        assertThat(tokens).containsExactly("a", "b", "c");
        assertThat(asked).containsExactly(1, 2);
    }

    @Test
    void shouldReadAgainWhatMovedOnTheFirstPage() {
        listing("a", "b", "c", "d");
        afterCalls = calls -> moveToEnd(calls == 1, "a");

        assertThat(read()).containsExactly("b", "c", "d", "a");
        assertThat(asked).containsExactly(1, 2, 3, 1, 2, 1, 2, 3, 1, 2);
    }

    @Test
    void shouldReadAgainWhatMovedOnALaterPage() {
        listing("a", "b", "c", "d", "e", "f");
        afterCalls = calls -> moveToEnd(calls == 2, "d");

        assertThat(read()).containsExactly("a", "b", "c", "e", "f", "d");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7})
    void shouldLoseNoRowWhicheverMovesWhenever(int size) {
        for (var row : some(size)) {
            for (var when : IntStream.rangeClosed(1, 12).toArray()) {
                listing(some(size));
                afterCalls = calls -> moveToEnd(calls == when, row);

                assertThat(read())
                        .as("%s moves after %d calls: %s", row, when, asked)
                        .containsExactlyInAnyOrder(some(size));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7})
    void shouldLoseNoRowWhicheverIsRemovedWhenever(int size) {
        for (var row : some(size)) {
            for (var when : IntStream.rangeClosed(1, 12).toArray()) {
                listing(some(size));
                afterCalls = calls -> rows.removeIf(other -> calls == when && other.equals(row));

                assertThat(read())
                        .as("%s is removed after %d calls: %s", row, when, asked)
                        .containsAll(rows);
            }
        }
    }

    @Test
    void shouldLookOnceMoreAtAFullPageThatIsTheOnlyOne() {
        size = 30;
        listing(some(31));
        afterCalls = calls -> rows.removeIf(row -> calls == 1 && row.equals("row0"));

        assertThat(read()).hasSize(30).contains("row30");
    }

    private static String[] some(int rows) {
        return IntStream.range(0, rows).mapToObj(at -> "row" + at).toArray(String[]::new);
    }

    @Test
    void shouldNotKeepARowThatIsGoneWhenTheListingIsReadAgain() {
        listing("a", "b", "c", "d");
        afterCalls = calls -> rows.removeIf(row -> calls == 1 && row.equals("a"));

        assertThat(read()).containsExactly("b", "c", "d");
    }

    @Test
    void shouldTakeAllThatItSawOfAListingThatNeverRests() {
        listing("a", "b", "c", "d", "e");
        afterCalls = calls -> Collections.rotate(rows, 1);

        assertThat(read()).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
        assertThat(asked).hasSizeLessThanOrEqualTo(3 * 7);
    }

    /** Where there is no such page, it has changed; the listing is still there. */
    @Test
    void shouldReadAgainWhereThePageOfTheSecondLookIsNoMore() {
        listing("a", "b", "c", "d");
        var noPage = new Failure<JsonNode>(Kind.NOT_FOUND, 404, "page not found", Duration.ZERO);

        var tokens = success(read(number -> {
            if (asked.size() == 4) {
                rows.removeAll(List.of("c", "d"));
            }
            var page = page(number);
            return page.at("/_embedded/reports").isEmpty() ? noPage : new Success<>(page);
        }));

        assertThat(tokens).containsExactly("a", "b");
        assertThat(asked).containsExactly(1, 2, 3, 1, 2, 1, 2);
    }

    @Test
    void shouldFailWhereTheSecondLookFails() {
        listing("a", "b", "c");
        var broken = new Failure<JsonNode>(Kind.UNAVAILABLE, 502, "HTTP status 502", Duration.ZERO);

        var answer = read(number -> asked.size() == 4 ? broken : new Success<>(page(number)));

        assertThat(answer).isEqualTo(broken);
        assertThat(asked).containsExactly(1, 2, 3, 1);
    }

    @Test
    void shouldFailWhereTheSecondLookShowsNoListing() {
        listing("a", "b", "c");

        var answer = read(number ->
                new Success<>(asked.size() == 4 ? LenientJson.newObject().put("_embedded", "nothing") : page(number)));

        assertThat(answer).isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.kind())
                .isEqualTo(Kind.UNREADABLE));
    }

    private void listing(String... tokens) {
        rows.clear();
        asked.clear();
        rows.addAll(List.of(tokens));
    }

    private void moveToEnd(boolean now, String row) {
        if (now) {
            rows.remove(row);
            rows.add(row);
        }
    }

    private List<String> read() {
        return success(read(number -> {
            var page = page(number);
            afterCalls.accept(asked.size());
            return new Success<>(page);
        }));
    }

    private Answer<List<String>> read(IntFunction<Answer<JsonNode>> pages) {
        var walk = new PageWalk<>("reports", row -> row.path("token").asText(), row -> false);
        return new StableListing<>(
                        walk,
                        number -> {
                            asked.add(number);
                            return Uni.createFrom().item(pages.apply(number));
                        },
                        1)
                .read()
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private static List<String> success(Answer<List<String>> answer) {
        return answer.fold(read -> read, failure -> {
            throw new AssertionError(failure);
        });
    }

    private JsonNode page(int number) {
        var from = Math.min(rows.size(), (number - 1) * size);
        return page(rows.subList(from, Math.min(rows.size(), from + size)));
    }

    private static JsonNode page(List<String> tokens) {
        var page = LenientJson.newObject();
        var array = page.putObject("_embedded").putArray("reports");
        tokens.forEach(token -> array.addObject().put("token", token));
        return page;
    }
}
