package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Answer.Success;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PageWalkTest {

    private final List<Integer> asked = new ArrayList<>();

    @Test
    void shouldStopOnAnEmptyPage() {
        var tokens = walk(page("a", "b"), page("c"), page());

        assertThat(tokens).containsExactly("a", "b", "c");
        assertThat(asked).containsExactly(1, 2, 3);
    }

    @Test
    void shouldStopOnAPageWithoutAnUnseenToken() {
        var tokens = walk(page("a", "b"), page("b", "a"), page("c"));

        assertThat(tokens).containsExactly("a", "b");
        assertThat(asked).containsExactly(1, 2);
    }

    @Test
    void shouldStopWhereTheListingIgnoresThePage() {
        var everything = page("a", "b");

        var tokens = walk(number -> everything, row -> false);

        assertThat(tokens).containsExactly("a", "b");
        assertThat(asked).containsExactly(1, 2);
    }

    @Test
    void shouldStopWhenAllPagesAreReadThatTheListingCounts() {
        var tokens = walk(page(2, "a", "b"), page(2, "c"), page(2, "d"));

        assertThat(tokens).containsExactly("a", "b", "c");
        assertThat(asked).containsExactly(1, 2);
    }

    @Test
    void shouldNotStopOnAShortPage() {
        var tokens = walk(page("a", "b", "c"), page("d"), page("e", "f", "g"), page());

        assertThat(tokens).containsExactly("a", "b", "c", "d", "e", "f", "g");
    }

    /** It may have shown its last page once more, and have more than one by now. */
    @Test
    void shouldNotRememberThatAListingRepeatedItself() {
        var everything = page("a", "b");
        walk(number -> everything, row -> false);

        var tokens = walk(page("a", "b"), page("c"), page("c"));

        assertThat(tokens).containsExactly("a", "b", "c");
    }

    @Test
    void shouldReadEachTokenOnce() {
        var tokens = walk(page("a", "a", "b"), page("b", "c"), page("c", "d", "d"), page());

        assertThat(tokens).containsExactly("a", "b", "c", "d");
    }

    @Test
    void shouldStopOnARowBehindWhichNothingIsOfInterest() {
        var tokens = walk(number -> page("a" + number, "b" + number), "b2"::equals);

        assertThat(tokens).containsExactly("a1", "b1", "a2", "b2");
    }

    @Test
    void shouldEndAListingThatHasNoEnd() {
        var failure = failure(answer(number -> new Success<>(page("a" + number)), row -> false));

        assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(failure.message()).contains("no end after 1000 pages");
        assertThat(asked).hasSize(1000);
    }

    @Test
    void shouldReadALongListingToItsEndWithLittleStack() throws InterruptedException {
        var tokens = new ArrayList<String>();
        var reader = new Thread(
                null,
                () -> tokens.addAll(walk(number -> number < 1000 ? page("a" + number) : page(), row -> false)),
                "reader",
                128 * 1024);

        reader.start();
        reader.join(10_000);

        assertThat(tokens).hasSize(999);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"NOT_FOUND", "UNREADABLE"})
    void shouldEndWhereModeKnowsNoSuchPageAfterOneThatItShowed(Kind kind) {
        var noPage = new Failure<JsonNode>(kind, 404, "no such page", Duration.ZERO);

        var afterOne = answer(number -> number == 2 ? noPage : new Success<>(page("a" + number)), row -> false);
        var atOnce = answer(number -> noPage, row -> false);

        assertThat(afterOne).isEqualTo(new Success<>(List.of("a1")));
        assertThat(failure(atOnce)).as("then the thing itself isn't there").isEqualTo(noPage);
    }

    /** Thirty, twelve, thirty. */
    @Test
    void shouldReadOnAfterAShortPageInTheMiddle() {
        var tokens = walk(full("a", 30), full("b", 12), full("c", 30), full("c", 30));

        assertThat(tokens).hasSize(72);
        assertThat(asked).containsExactly(1, 2, 3, 4);
    }

    private static JsonNode full(String prefix, int rows) {
        return page(IntStream.range(0, rows).mapToObj(n -> prefix + n).toArray(String[]::new));
    }

    @Test
    void shouldFailWithThePageThatFails() {
        var broken = new Failure<JsonNode>(Kind.UNAVAILABLE, 502, "HTTP status 502", Duration.ZERO);

        var failure = failure(answer(number -> number == 3 ? broken : new Success<>(page("a" + number)), row -> false));

        assertThat(failure).isEqualTo(broken);
        assertThat(asked).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("pagesWithoutRows")
    void shouldEndWithAPageWithoutRowsInWhateverForm(String form) {
        var tokens = walk(page("a", "b"), page("c"), json(form));

        assertThat(tokens).containsExactly("a", "b", "c");
        assertThat(asked).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("pagesWithoutRows")
    void shouldTakeAFirstPageWithoutRowsForAnEmptyListing(String form) {
        var tokens = walk(json(form));

        assertThat(tokens).isEmpty();
        assertThat(asked).containsExactly(1);
    }

    static Stream<String> pagesWithoutRows() {
        return Stream.of(
                "{'_embedded':{'reports':[]}}",
                "{'_embedded':{'reports':null}}",
                "{'_links':{'self':{'href':''}},'_embedded':{}}",
                "{'_embedded':null}",
                "{}",
                "");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void shouldTakeNothingMalformedForAnEmptyListing(String form) {
        var failure = failure(answer(number -> new Success<>(json(form)), row -> false));

        assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(failure.message()).contains("reports");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void shouldTakeNothingMalformedForTheEnd(String form) {
        var failure = failure(answer(number -> new Success<>(number == 1 ? page("a") : json(form)), row -> false));

        assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(asked).containsExactly(1, 2);
    }

    static Stream<String> malformed() {
        return Stream.of(
                "{'_embedded':'nothing'}",
                "{'_embedded':0}",
                "{'_embedded':[]}",
                "{'_embedded':{'reports':'none'}}",
                "{'_embedded':{'reports':7}}",
                "{'_embedded':{'reports':false}}",
                "{'_embedded':{'reports':{}}}",
                "{'_embedded':{'spaces':[]}}");
    }

    @Test
    void shouldAskForSeveralPagesBeforeTheFirstIsAnswered() {
        var first = new CompletableFuture<Answer<JsonNode>>();

        var answer = walk().walk(
                        number -> {
                            asked.add(number);
                            if (number == 2) {
                                first.complete(new Success<>(page("a", "b")));
                            }
                            return number == 1
                                    ? Uni.createFrom().completionStage(first)
                                    : Uni.createFrom().item(new Success<>(page(number == 2 ? "c" : "b")));
                        },
                        2)
                .await()
                .atMost(Duration.ofSeconds(10));

        assertThat(answer).isEqualTo(new Success<>(List.of("a", "b", "c")));
        assertThat(asked).containsExactly(1, 2, 3);
    }

    @Test
    void shouldNotMindWhatIsBehindTheEnd() {
        var broken = new Failure<JsonNode>(Kind.UNAVAILABLE, 502, "HTTP status 502", Duration.ZERO);

        var answer = walk().walk(number -> Uni.createFrom().item(number == 1 ? new Success<>(page(1, "a")) : broken), 2)
                .await()
                .atMost(Duration.ofSeconds(10));

        assertThat(answer).isEqualTo(new Success<>(List.of("a")));
    }

    private List<String> walk(JsonNode... pages) {
        return walk(number -> pages[number - 1], row -> false);
    }

    private List<String> walk(IntFunction<JsonNode> pages, Predicate<String> enough) {
        return answer(number -> new Success<>(pages.apply(number)), enough).fold(rows -> rows, failure -> {
            throw new AssertionError(failure);
        });
    }

    private Answer<List<String>> answer(IntFunction<Answer<JsonNode>> pages, Predicate<String> enough) {
        return walk(enough)
                .walk(number -> {
                    asked.add(number);
                    return Uni.createFrom().item(pages.apply(number));
                })
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private static PageWalk<String> walk() {
        return walk(row -> false);
    }

    private static PageWalk<String> walk(Predicate<String> enough) {
        return new PageWalk<>("reports", row -> row.path("token").asText(), enough);
    }

    private static Failure<?> failure(Answer<?> answer) {
        return answer.fold(
                rows -> {
                    throw new AssertionError("a success: " + rows);
                },
                failure -> failure);
    }

    private static JsonNode json(String text) {
        return LenientJson.object(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }

    private static JsonNode page(String... tokens) {
        var page = LenientJson.newObject();
        var rows = page.putObject("_embedded").putArray("reports");
        Stream.of(tokens).forEach(token -> rows.addObject().put("token", token));
        return page;
    }

    private static JsonNode page(int totalPages, String... tokens) {
        var page = page(tokens);
        page.withObject("/pagination").put("total_pages", totalPages);
        return page;
    }
}
