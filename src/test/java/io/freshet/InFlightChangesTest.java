package io.freshet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.event.Change;
import io.freshet.event.ChangeRef;
import io.freshet.event.Target.DataSource;
import io.freshet.event.Traces;
import io.freshet.plan.Batch;
import io.freshet.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InFlightChangesTest {

    private record Waiting(Duration quiet, Duration maxWait, int changes) implements CoalesceConfig {}

    private final List<Batch<String>> forwarded = new CopyOnWriteArrayList<>();
    private final SettableClock clock = new SettableClock();

    @Test
    void shouldPassAChangeOnAtOnceWhereNothingIsToBeWaitedFor() {
        var inHand = changesInHand(Duration.ZERO, 10);

        var added = add(inHand, "a");

        assertThat(added).isTrue();
        assertThat(forwarded).singleElement().extracting(Batch::origins).isEqualTo(List.of("a"));
    }

    @Test
    void shouldPassChangesOnTogetherWhenTheyHaveWaited() {
        var inHand = changesInHand(Duration.ofMillis(20), 10);
        add(inHand, "a");
        add(inHand, "b");
        assertThat(forwarded).isEmpty();

        clock.advance(Duration.ofMillis(20));

        await().untilAsserted(() ->
                assertThat(forwarded).singleElement().extracting(Batch::origins).isEqualTo(List.of("a", "b")));
    }

    @Test
    void shouldHoldChangesForAsLongAsItsClockSays() {
        var inHand = changesInHand(Duration.ofMillis(20), 10);
        add(inHand, "a");

        clock.advance(Duration.ofMillis(19));

        await().during(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(forwarded).isEmpty());
    }

    @Test
    void shouldTakeOneChangeAfterTheOtherUntilItsHandsAreFull() {
        var inHand = changesInHand(Duration.ofMinutes(1), 3);

        assertThat(add(inHand, "a")).isTrue();
        assertThat(add(inHand, "b")).isTrue();
        assertThat(add(inHand, "c")).isFalse();
    }

    @Test
    void shouldTakeTheNextChangeWhenOneIsAnswered() {
        var inHand = changesInHand(Duration.ofMinutes(1), 2);
        add(inHand, "a");
        var second = add(inHand, "b");

        inHand.answered(1);

        assertThat(second).isTrue();
        assertThat(add(inHand, "c")).isFalse();
    }

    @Test
    void shouldStayFullWhileTooFewAreAnswered() {
        var inHand = changesInHand(Duration.ofMinutes(1), 2);
        add(inHand, "a");
        add(inHand, "b");
        var third = add(inHand, "c");

        inHand.answered(1);
        assertThat(third).isFalse();

        inHand.answered(1);
        assertThat(third).isTrue();
    }

    @Test
    void shouldPassOnAChangeThatFillsItsHands() {
        var inHand = changesInHand(Duration.ofMillis(20), 1);
        var added = add(inHand, "a");
        clock.advance(Duration.ofMillis(20));
        await().until(() -> forwarded.size() == 1);
        assertThat(added).isFalse();

        inHand.answered(forwarded.get(0).origins().size());

        assertThat(added).isTrue();
    }

    @Test
    void shouldKeepTheNumberInHandThroughMany() {
        var inHand = changesInHand(Duration.ZERO, 2);
        IntStream.range(0, 1000).forEach(number -> {
            var added = add(inHand, "change " + number);
            inHand.answered(1);
            assertThat(added).isTrue();
        });

        assertThat(add(inHand, "a")).isTrue();
        assertThat(add(inHand, "b")).isFalse();
    }

    private InFlightChanges<String> changesInHand(Duration quiet, int most) {
        var config = new Waiting(quiet, Duration.ofMinutes(5), most);
        return new InFlightChanges<>(config, clock, forwarded::add);
    }

    /** True once there is room for another. */
    private static AtomicBoolean add(InFlightChanges<String> inHand, String id) {
        var change = new Change(
                "acme", new DataSource("843786b025e5"), new ChangeRef("/etl", id, Instant.EPOCH, null), Traces.none());
        var room = new AtomicBoolean();
        inHand.add(change, id).subscribe().with(done -> room.set(true));
        return room;
    }
}
