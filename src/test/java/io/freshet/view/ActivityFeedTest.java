package io.freshet.view;

import static io.freshet.view.Records.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.view.ActivityFeed.Numbered;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What happens within a moment is told together. */
@Execution(ExecutionMode.CONCURRENT)
class ActivityFeedTest {

    private static final long PRESENT = Long.MAX_VALUE;

    private final List<Runnable> moments = new ArrayList<>();
    private final ActivityFeed feed = new ActivityFeed(moments::add);

    private AssertSubscriber<List<Numbered>> listen(long seen) {
        return feed.after(seen).subscribe().withSubscriber(AssertSubscriber.create(1_000));
    }

    private void happens(int from, int to) {
        IntStream.range(from, to)
                .forEach(n ->
                        feed.add(new Activity.Planned(NOON.plusSeconds(n), "acme", "7", "source " + n, null, 1, 1, 1)));
    }

    private static List<List<Integer>> told(AssertSubscriber<List<Numbered>> listener) {
        return listener.getItems().stream()
                .map(together -> together.stream()
                        .map(one -> (int) (one.activity().at().getEpochSecond() - NOON.getEpochSecond()))
                        .toList())
                .toList();
    }

    private void momentEnds() {
        moments.forEach(Runnable::run);
        moments.clear();
    }

    @BeforeEach
    void isLive() {
        feed.goLive();
    }

    @Test
    void shouldTellTogetherWhatHappensWithinAMoment() {
        var listener = listen(PRESENT);
        happens(0, 3);
        assertThat(told(listener)).isEmpty();
        assertThat(moments).hasSize(1);

        momentEnds();
        happens(3, 4);
        momentEnds();

        assertThat(told(listener)).containsExactly(List.of(0, 1, 2), List.of(3));
    }

    @Test
    void shouldTellAllListenersTheSame() {
        var one = listen(PRESENT);
        var other = listen(PRESENT);
        happens(0, 2);

        momentEnds();

        assertThat(one.getItems()).singleElement().isSameAs(other.getItems().get(0));
    }

    @Test
    void shouldTellManyWithoutWaiting() {
        var listener = listen(PRESENT);

        happens(0, 2 * ActivityFeed.TOGETHER + 1);

        assertThat(told(listener)).extracting(List::size).containsExactly(ActivityFeed.TOGETHER, ActivityFeed.TOGETHER);
        momentEnds();
        assertThat(told(listener)).last().isEqualTo(List.of(2 * ActivityFeed.TOGETHER));
    }

    @Test
    void shouldTellEachOnceWhoeverComesWithinAMoment() {
        var early = listen(PRESENT);
        happens(0, 2);

        var late = listen(0);
        happens(2, 3);
        momentEnds();

        assertThat(told(early)).containsExactly(List.of(0, 1), List.of(2));
        assertThat(told(late)).containsExactly(List.of(0, 1), List.of(2));
    }

    @Test
    void shouldNotWaitForAMomentsEndWhileNobodyListens() {
        happens(0, 1);
        listen(0).cancel();
        happens(1, 2);

        assertThat(moments).isEmpty();
        assertThat(told(listen(0))).containsExactly(List.of(0, 1));
    }

    @Test
    void shouldCutOffWhoDoesNotTakeWhatIsTold() {
        var slow = feed.after(PRESENT).subscribe().withSubscriber(AssertSubscriber.create(1));
        var quick = listen(PRESENT);

        for (var n = 0; n < ActivityFeed.BEHIND + 2; n++) {
            happens(n, n + 1);
            momentEnds();
        }

        slow.request(1_000).assertCompleted();
        assertThat(told(slow)).hasSizeLessThan(ActivityFeed.BEHIND + 2);
        assertThat(told(quick)).hasSize(ActivityFeed.BEHIND + 2);
    }
}
