package io.freshet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.event.Presentations;
import io.freshet.lineage.LineageKey;
import io.freshet.lineage.LineageRun;
import io.freshet.lineage.Runs;
import io.freshet.telemetry.LineageRuns;
import io.freshet.telemetry.Observers;
import io.freshet.testing.SettableClock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs that have ended are matched together, one attempt after the other, for as long as it takes. */
class EndedRunsTest {

    private static final LineageRun RUN = new LineageRun(
            Runs.JOB, Runs.tables("postgres://db", "a.b.c"), Optional.of(Runs.AT), false, Runs.AT, Runs.PLACE);

    /** Everything at once, but what is to happen later. */
    private static final class HandTimer extends ScheduledThreadPoolExecutor {
        private final List<Long> pauses = new ArrayList<>();
        private Runnable next = () -> {};

        HandTimer() {
            super(1);
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            pauses.add(unit.toMillis(delay));
            next = task;
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }
    }

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final LineageRuns telemetry =
            Observers.of(metrics, Presentations.WITH_NAMES, Clock.systemUTC()).lineageRuns();
    private final HandTimer timer = new HandTimer();
    private final SettableClock clock = new SettableClock();
    private final List<List<String>> attempts = new ArrayList<>();
    private final List<UniEmitter<? super Void>> answers = new ArrayList<>();
    private final EndedRuns ended = new EndedRuns("acme", this::match, telemetry, clock, timer);

    private Uni<Void> match(Map<LineageKey, LineageRun> runs) {
        attempts.add(runs.keySet().stream().map(LineageKey::run).toList());
        return Uni.createFrom().emitter(answers::add);
    }

    private static LineageKey key(String run) {
        return new LineageKey("acme", run);
    }

    private double waiting() {
        return metrics.get("freshet.lineage.waiting")
                .tag("account", "acme")
                .gauge()
                .value();
    }

    private void answer(int attempt) {
        answers.get(attempt).complete(null);
    }

    private void fail(int attempt) {
        answers.get(attempt).fail(new IllegalStateException("Mode is away"));
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void shouldMatchTogetherWhatHasGatheredMeanwhile() {
        ended.add(key("a"), RUN);
        ended.add(key("b"), RUN);
        ended.add(key("c"), RUN);
        assertThat(attempts).containsExactly(List.of("a"));

        answer(0);

        assertThat(attempts).containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(waiting()).isEqualTo(2);
        answer(1);
        assertThat(attempts).hasSize(2);
        assertThat(waiting()).isZero();
    }

    @Test
    void shouldWaitLongerEachTimeThatModeCannotBeAskedAndLoseNothing() {
        ended.add(key("a"), RUN);
        for (var attempt = 0; attempt < 7; attempt++) {
            fail(attempt);
            assertThat(attempts).as("after a pause").hasSize(attempt + 1);
            clock.advance(Duration.ofMillis(timer.pauses.get(attempt)));
            timer.next.run();
        }

        assertThat(timer.pauses).startsWith(1_001L, 2_001L, 4_001L, 8_001L, 16_001L, 30_001L, 30_001L);
        assertThat(attempts).hasSize(8).containsOnly(List.of("a"));
        assertThat(waiting()).isEqualTo(1);
        ended.add(key("b"), RUN);
        answer(7);
        assertThat(attempts.get(8)).containsExactly("b");
    }

    @Test
    void shouldMatchAgainARunOfWhichMoreWasHeardMeanwhile() {
        var more = new LineageRun(
                RUN.job(),
                Runs.tables("postgres://db", "a.b.c", "a.b.d"),
                RUN.completedAt(),
                false,
                RUN.seenAt(),
                RUN.place());
        ended.add(key("a"), RUN);
        ended.add(key("a"), more);

        answer(0);

        assertThat(attempts).containsExactly(List.of("a"), List.of("a"));
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void shouldBeginNothingOnceTheWorkspaceHasLeft() {
        ended.add(key("a"), RUN);
        ended.add(key("b"), RUN);
        ended.leave();

        fail(0);
        ended.add(key("c"), RUN);

        assertThat(attempts).hasSize(1);
        assertThat(timer.pauses).isEmpty();
    }

    @Test
    void shouldBeginWithTheNextRunThoughThoseThatWereToBeTriedAgainAreGone() {
        ended.add(key("a"), RUN);
        fail(0);
        ended.forget(key("a"));
        timer.next.run();

        ended.add(key("b"), RUN);

        assertThat(attempts).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void shouldGoOnWhereMetricsFail() {
        metrics.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                throw new IllegalStateException("no metrics today");
            }
        });

        assertThatThrownBy(() -> ended.add(key("a"), RUN)).hasMessage("no metrics today");
        assertThatThrownBy(() -> ended.add(key("b"), RUN)).hasMessage("no metrics today");
        answer(0);

        assertThat(attempts).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void shouldTellOfARunThatIsForgottenBeforeItWasMatched() {
        ended.add(key("a"), RUN);
        ended.add(key("b"), RUN);

        ended.forget(key("a"));
        assertThat(dropped()).as("that is how a run ends which was matched").isZero();
        ended.forget(key("b"));
        assertThat(dropped()).isEqualTo(1);
    }

    private double dropped() {
        return Objects.requireNonNull(metrics.counter("freshet.lineage.runs", "account", "acme", "result", "dropped"))
                .count();
    }
}
