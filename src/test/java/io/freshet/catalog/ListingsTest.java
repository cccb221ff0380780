package io.freshet.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Answer.Success;
import io.freshet.testing.SettableClock;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A call answers all who may use what it says, and nobody else. */
class ListingsTest {

    private record Kept(Duration ttl, long size) implements CatalogConfig {}

    private final SettableClock clock = new SettableClock();
    private final Instant start = clock.instant();
    private final Listings listings = new Listings(new Kept(Duration.ofMinutes(1), 100), clock);

    /** The calls that were made, in their order, to be answered by the test. */
    private final List<CompletableFuture<Answer<String>>> calls = new ArrayList<>();

    private Uni<Answer<String>> call() {
        var call = new CompletableFuture<Answer<String>>();
        calls.add(call);
        return Uni.createFrom().completionStage(call);
    }

    private UniAssertSubscriber<Answer<String>> get(String path, Instant since) {
        return listings.get(path, since, this::call).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private UniAssertSubscriber<Answer<String>> get(Instant since) {
        return get("acme/spaces/care", since);
    }

    private void answer(int call, String what) {
        calls.get(call).complete(new Success<>(what));
    }

    @Test
    void shouldShareACallBetweenAllWhoAskAtTheSameTime() {
        var one = get(start);
        var other = get(start);

        answer(0, "reports");

        one.assertItem(new Success<>("reports"));
        other.assertItem(new Success<>("reports"));
        assertThat(calls).hasSize(1);
    }

    @Test
    void shouldKeepAnAnswerForWhateverCameBeforeModeWasAsked() {
        get(start);
        answer(0, "reports");
        clock.advance(Duration.ofSeconds(30));

        get(start.minusSeconds(5)).assertItem(new Success<>("reports"));
        get(start).assertItem(new Success<>("reports"));

        assertThat(calls).hasSize(1);
    }

    @Test
    void shouldAskAgainForWhatCameAfterModeWasAsked() {
        get(start);
        answer(0, "before");
        clock.advance(Duration.ofMillis(1));

        var later = get(start.plusMillis(1));
        answer(1, "after");

        later.assertItem(new Success<>("after"));
        get(start).assertItem(new Success<>("after"));
        assertThat(calls).hasSize(2);
    }

    @Test
    void shouldNotTakeTheAnswerThatIsUnderWayForWhatCameAfterItWasAskedFor() {
        var earlier = get(start);
        clock.advance(Duration.ofMillis(1));

        var later = get(start.plusMillis(1));
        answer(0, "before");

        later.assertNotTerminated();
        earlier.assertItem(new Success<>("before"));
        answer(1, "after");
        later.assertItem(new Success<>("after"));
    }

    @Test
    void shouldNotKeepAFailure() {
        var failure = new Failure<String>(Kind.UNAVAILABLE, 503, "Mode is in trouble", Duration.ZERO);
        var first = get(start);
        calls.get(0).complete(failure);
        first.assertItem(failure);

        var second = get(start);
        calls.get(1).completeExceptionally(new IllegalStateException("nobody thought of it"));
        second.assertFailedWith(IllegalStateException.class);

        var third = get(start);
        answer(2, "reports");
        third.assertItem(new Success<>("reports"));
    }

    @Test
    void shouldNotTakeTheAnswerFromOthersWhenOneWaitsNoLonger() {
        var one = get(start);
        var other = get(start);

        one.cancel();
        answer(0, "reports");

        other.assertItem(new Success<>("reports"));
    }

    @Test
    void shouldAskForEachPath() {
        var spaces = get("acme/spaces/care", start);
        var datasets = get("acme/datasets/care", start);

        answer(1, "datasets");
        answer(0, "spaces");

        spaces.assertItem(new Success<>("spaces"));
        datasets.assertItem(new Success<>("datasets"));
    }

    @Test
    void shouldAskAgainWhenWhatItKeptIsOld() {
        get(start);
        answer(0, "old");
        clock.advance(Duration.ofMinutes(1));

        get(start);

        assertThat(calls).hasSize(2);
    }

    @Test
    void shouldAskAgainForWhatItWasToldToForget() {
        get(start);
        answer(0, "reports");

        listings.forget("acme/spaces/care");
        get(start);

        assertThat(calls).hasSize(2);
    }
}
