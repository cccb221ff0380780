package io.freshet.state;

import static io.freshet.state.Samples.NOON;
import static io.freshet.state.Samples.PACE;
import static io.freshet.state.Samples.REPORT;
import static io.freshet.state.Samples.remembering;
import static io.freshet.state.Samples.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The replica before had a clock of its own, and nothing waits for what that showed. */
class TimesReadBackTest {

    private static final Instant AHEAD = NOON.plus(Duration.ofHours(5));
    private static final ReportHistory MEMORY = remembering(1);

    private static Waiting waiting(Instant now) {
        return new Waiting(request("d1", 5), now.plusSeconds(1), new Attempts(1, now), MEMORY);
    }

    private static Posting posting(Instant now) {
        return new Posting(
                request("d1", 5),
                Optional.of(request("d2", 6)),
                now,
                NOON,
                Optional.of(now),
                now.plusSeconds(2),
                new Attempts(2, now),
                MEMORY);
    }

    private static Running running(Instant now) {
        return new Running(
                request("d1", 5),
                Optional.empty(),
                "run1",
                now,
                false,
                "running",
                now.plusSeconds(30),
                Duration.ofSeconds(20),
                Optional.of(now),
                Optional.of(now),
                MEMORY);
    }

    private static List<ReportState> all(Instant now) {
        return List.of(new Settled(MEMORY, now), waiting(now), posting(now), running(now));
    }

    /** But for an attempt: how long it is ago is known to nobody else, whatever his clock shows. */
    static List<ReportState> ofARightClock() {
        return all(NOON).stream().filter(state -> state.ifPosting().isEmpty()).toList();
    }

    @ParameterizedTest
    @MethodSource("ofARightClock")
    void shouldLeaveAloneWhatMayBe(ReportState saved) {
        assertThat(saved.readBack(NOON, PACE)).isSameAs(saved);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 18_000})
    void shouldPostAtOnceWhatNobodyHasTriedToPost(int secondsAhead) {
        var waiting = new Waiting(request("d1", 5), NOON.plusSeconds(secondsAhead), Attempts.NONE, MEMORY);

        assertThat(due(waiting)).contains(NOON);
    }

    @Test
    void shouldPostWhatWasTriedInVainAfterTheLongestPauseAtTheLatest() {
        assertThat(due(waiting(AHEAD))).contains(NOON.plus(PACE.pollMax()));
    }

    @Test
    void shouldLookAtOnceForARunThatNobodySawAnswered() {
        assertThat(due(posting(AHEAD))).contains(NOON);
    }

    @Test
    void shouldAskAfterARunAsIfItHadBegunNowAtTheLatest() {
        assertThat(due(running(AHEAD))).contains(NOON.plusSeconds(30));
    }

    private static Optional<Instant> due(ReportState saved) {
        return saved.readBack(NOON, PACE).step().map(Step::due);
    }

    @Test
    void shouldPostARefreshThatComesAfterItAtOnce() {
        var settled = new Settled(MEMORY, AHEAD).readBack(NOON, PACE);

        assertThat(settled.merge(request("d1", 7)).step())
                .hasValueSatisfying(step -> assertThat(step.due()).isEqualTo(NOON));
    }

    @Test
    void shouldCountTheAttemptsFromNow() {
        var waiting = waiting(AHEAD).readBack(NOON, PACE);

        assertThat(waiting.ifWaiting().orElseThrow().attempts()).isEqualTo(new Attempts(1, NOON));
    }

    /** It may be the clock of another, until which he still waited for an answer: the next one's may be ahead of it. */
    @ParameterizedTest
    @ValueSource(ints = {-3_600, -1, 0, 10, 18_000})
    void shouldTrustNoListingBeforeAnAnswerAndTheGraceAreOverWhateverOthersWaitedFor(int graceFrom) {
        var posting = posting(NOON.plusSeconds(graceFrom))
                .readBack(NOON, PACE)
                .ifPosting()
                .orElseThrow();
        var settledAt = NOON.plus(PACE.readTimeout()).plus(PACE.grace());

        assertThat(posting.listed(REPORT, Samples.listed(List.of()), settledAt.minusMillis(1), settledAt, PACE)
                        .to())
                .isInstanceOf(Posting.class);
        assertThat(posting.listed(REPORT, Samples.listed(List.of()), settledAt, settledAt, PACE)
                        .to())
                .isInstanceOf(Waiting.class);
    }

    @Test
    void shouldTrustAListingAfterACrashOnceAnAnswerAndTheGraceAreOver() {
        var intent = waiting(NOON).posting(AHEAD, NOON).to();
        var posting = intent.readBack(NOON, PACE).ifPosting().orElseThrow();
        var settledAt = NOON.plus(PACE.answeredWithin()).plus(PACE.grace());

        assertThat(posting.listed(REPORT, Samples.listed(List.of()), settledAt, settledAt, PACE)
                        .to())
                .isInstanceOf(Waiting.class);
    }

    /** Then an attempt of just now looks long past. */
    @ParameterizedTest
    @ValueSource(ints = {0, 60, 3_600})
    void shouldTrustNoListingTooEarlyAfterAClockThatWasBehind(int seconds) {
        var behind = NOON.minusSeconds(seconds);
        var posting = waiting(NOON)
                .posting(behind, NOON)
                .to()
                .readBack(NOON, PACE)
                .ifPosting()
                .orElseThrow();
        var settledAt = NOON.plus(PACE.readTimeout()).plus(PACE.grace());

        var early = posting.listed(REPORT, Samples.listed(List.of()), settledAt.minusMillis(1), settledAt, PACE);
        var late = posting.listed(REPORT, Samples.listed(List.of()), settledAt, settledAt, PACE);

        assertThat(early.to()).isInstanceOf(Posting.class);
        assertThat(late.to()).isInstanceOf(Waiting.class);
    }

    /** Mode may have forgotten it for a moment only, and the clock of whoever asked first may have been far behind. */
    @Test
    void shouldWaitAnewForARunThatModeDidNotKnow() {
        var running = running(NOON.minus(Duration.ofMinutes(1)))
                .readBack(NOON, PACE)
                .ifRunning()
                .orElseThrow();

        var early = running.missing(REPORT, NOON.plus(PACE.vanishAfter()).minusMillis(1), PACE);

        assertThat(early.to()).isInstanceOf(Running.class);
    }

    @Test
    void shouldTellARunAsTimedOutOrGoneNoLaterThanOneThatBeganNow() {
        var running = running(AHEAD).readBack(NOON, PACE).ifRunning().orElseThrow();

        var open = Samples.run("run1", NOON);
        var timedOut = running.seen(REPORT, open, Optional.empty(), NOON.plus(PACE.timeout()), PACE);
        var gone = running.missing(REPORT, NOON.plus(PACE.vanishAfter()), PACE);

        assertThat(List.of(timedOut.to(), gone.to())).allMatch(Settled.class::isInstance);
        assertThat(running.mayBeListed(NOON.plus(PACE.pollMax()), PACE))
                .as("by then the run is asked for by itself")
                .isFalse();
    }
}
