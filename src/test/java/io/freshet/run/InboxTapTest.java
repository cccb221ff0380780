package io.freshet.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.BatchKey;
import io.freshet.event.Change;
import io.freshet.event.ChangeOutcome;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeSettled;
import io.freshet.event.DataFreshness;
import io.freshet.event.Presentations;
import io.freshet.event.RecordPlace;
import io.freshet.event.RunCounts;
import io.freshet.event.Settlement;
import io.freshet.event.Target;
import io.freshet.event.Traces;
import io.freshet.event.WorkspacePartitions;
import io.freshet.telemetry.Observers;
import io.freshet.telemetry.OpenChanges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboxTapTest {

    private static final WorkspacePartitions PARTITIONS = new WorkspacePartitions(3);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final OpenChanges open =
            Observers.of(metrics, Presentations.WITH_NAMES, Clock.systemUTC()).openChanges();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final List<Set<Integer>> held = new ArrayList<>();
    private final InboxTap tap =
            new InboxTap(new InboxBounds(10, Long.MAX_VALUE), held::add, open, PARTITIONS, Clock.systemUTC(), timer);

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    private void open(String account, int changes) {
        IntStream.range(0, changes)
                .forEach(n -> open.opened(new Change(
                        account,
                        new Target.Space("59ace0000001"),
                        new ChangeRef("/etl", "load-" + n, NOW, null),
                        Traces.none(),
                        new RecordPlace("upstream-data-changed", 0, n, NOW))));
    }

    private void settle(String account, int change) {
        open.told(new ChangeSettled(
                new BatchKey(account, 1),
                new ChangeRef("/etl", "load-" + change, NOW, null),
                new Settlement(
                        ChangeOutcome.NOTHING_TO_DO,
                        RunCounts.leftOut(0),
                        List.of(),
                        Optional.empty(),
                        DataFreshness.UNKNOWN,
                        NOW)));
    }

    private double gauge(String account) {
        return metrics.get("freshet.inbox.waiting")
                .tag("account", account)
                .gauge()
                .value();
    }

    @Test
    void shouldTouchNothingWhileThereIsRoom() {
        open("acme", 9);

        tap.look();

        assertThat(held).isEmpty();
        assertThat(open.waiting()).isEmpty();
    }

    /** With 1,000 workspaces and many batches a second, a look at each of them would take a good part of a processor. */
    @Test
    void shouldLookOnlyAtThoseThatHaveGrown() {
        open("acme", 9);
        tap.look();
        open("globex", 9);

        assertThat(open.grown()).hasSize(1);
        assertThat(open.grown()).isEmpty();
    }

    @Test
    void shouldKnowWhatAllWeighWithoutALookAtEach() {
        open("acme", 3);
        open("globex", 4);
        open("acme", 3); // known already
        settle("globex", 2);
        settle("globex", 2); // twice
        open.left("acme"::equals);

        assertThat(open.bytes())
                .isPositive()
                .isEqualTo(open.inHand().values().stream()
                        .mapToLong(OpenChanges.InHand::bytes)
                        .sum());
    }

    @Test
    void shouldHoldThePartitionOfTheFullWorkspaceUntilThereIsRoomAndSayAgainWhatItHolds() {
        open("acme", 10);
        open("globex", 1);

        tap.look();
        tap.lookAtAll();

        assertThat(held).hasSize(2).containsOnly(Set.of(PARTITIONS.of("acme")));
        assertThat(open.waiting()).containsExactly("acme");
        assertThat(gauge("acme")).isEqualTo(1);
        assertThat(gauge("globex")).isZero();

        open.left("acme"::equals);
        tap.lookAtAll();

        assertThat(held).last().isEqualTo(Set.of());
        assertThat(open.waiting()).isEmpty();
        assertThat(gauge("acme")).isZero();
    }
}
