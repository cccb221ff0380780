package io.freshet.state;

import static io.freshet.state.Samples.NOON;
import static io.freshet.state.Samples.PACE;
import static io.freshet.state.Samples.REPORT;
import static io.freshet.state.Samples.and;
import static io.freshet.state.Samples.changes;
import static io.freshet.state.Samples.datasets;
import static io.freshet.state.Samples.ended;
import static io.freshet.state.Samples.remembering;
import static io.freshet.state.Samples.request;
import static io.freshet.state.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunError;
import io.freshet.event.RunFinished;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunningTest {

    private static final Run OPEN = run("run1", NOON.minusSeconds(1));
    private static final Optional<Duration> UNKNOWN_AGE = Optional.empty();
    private static final Instant DEADLINE = NOON.plus(PACE.timeout());

    /** The run was accepted at noon. */
    private final Running running = running(Optional.empty());

    private static Running running(Optional<RefreshRequest> next) {
        return running(next, remembering(1));
    }

    private static Running running(ReportHistory memory) {
        return running(Optional.empty(), memory);
    }

    private static Running running(Optional<RefreshRequest> next, ReportHistory memory) {
        return new Running(
                request("d1", 5),
                next,
                "run1",
                NOON,
                false,
                "enqueued",
                NOON.plusSeconds(2),
                Duration.ofSeconds(2),
                Optional.empty(),
                Optional.empty(),
                memory);
    }

    @Test
    void shouldTellAnAnswerAboutAnEarlierRunFromOneAboutItsOwn() {
        var later = new Running(
                running.request(),
                Optional.empty(),
                "run2",
                NOON,
                false,
                "enqueued",
                running.askAt(),
                running.pollInterval(),
                Optional.empty(),
                Optional.empty(),
                running.memory());

        assertThat(running.isRun(running(Optional.of(request("d2", 6))))).isTrue();
        assertThat(running.isRun(later)).isFalse();
    }

    @Test
    void shouldAskWhenItsTimeHasCome() {
        assertThat(running.step()).contains(new Step(Step.Kind.ASK, NOON.plusSeconds(2), NOON.plusSeconds(2)));
    }

    @Test
    void shouldMakeOneFollowUpOfAllThatComesWhileItRuns() {
        var after = running.merge(request("d1", 6)).merge(request("d2", 7)).merge(request("d1,d2", 7));

        assertThat(after).isEqualTo(running(Optional.of(request("d1,d2", 6, 7))));
    }

    @Test
    void shouldBeTheVerySameWhereItCarriesTheBatchOrHasEndedForIt() {
        var twice = running.merge(request("d2", 6));

        assertThat(running.merge(request("d1", 5))).isSameAs(running);
        assertThat(running.merge(request("d2", 1))).isSameAs(running);
        assertThat(twice.merge(request("d2", 6))).isSameAs(twice);
    }

    @Test
    void shouldAskEverMoreSeldomWhileTheRunIsOpen() {
        var now = NOON.plusSeconds(2);
        var state = running;
        var pauses = new ArrayList<Long>();
        while (pauses.size() < 12) {
            var transition = state.seen(REPORT, OPEN, UNKNOWN_AGE, now, PACE);
            assertThat(transition.durable()).isFalse();
            state = transition.to().ifRunning().orElseThrow();
            pauses.add(Duration.between(now, state.askAt()).toSeconds());
            now = state.askAt();
        }

        assertThat(pauses).startsWith(2L).last().satisfies(last -> assertThat(last)
                .isBetween(55L, 60L));
        for (var n = 1; n < pauses.size(); n++) {
            assertThat(pauses.get(n)).isBetween(pauses.get(n - 1) - 3, pauses.get(n - 1) * 2);
        }
    }

    /** No listing answers for it, so that no question is put off to meet with others. */
    @Test
    void shouldAskAfterADatasetExactlyWhenItIsTime() {
        var dataset = ReportKey.dataset("acme", "d1");
        var now = NOON.plusMillis(2_001);

        var seen = running.seen(dataset, OPEN, UNKNOWN_AGE, now, PACE);
        var unanswered = running.unanswered(dataset, now, PACE);

        assertThat(List.of(seen, unanswered)).allSatisfy(transition -> assertThat(
                        transition.to().ifRunning().orElseThrow().askAt())
                .isEqualTo(now.plus(running.pollInterval())));
    }

    @Test
    void shouldTellOfAnAdoptedRunThatItWasAdopted() {
        var adopted = new Running(
                running.request(),
                Optional.empty(),
                "run1",
                NOON,
                true,
                "enqueued",
                running.askAt(),
                running.pollInterval(),
                Optional.empty(),
                Optional.empty(),
                remembering(1));

        var transition = adopted.seen(
                REPORT,
                ended(OPEN, Run.Status.SUCCEEDED, NOON.plusSeconds(9)),
                UNKNOWN_AGE,
                NOON.plusSeconds(10),
                PACE);

        assertThat(transition
                        .told()
                        .map(told -> told.fold(accepted -> false, finished -> finished.adopted(), rejected -> false)))
                .contains(true);
    }

    @ParameterizedTest
    @CsvSource({"SUCCEEDED,SUCCEEDED", "FAILED,FAILED", "CANCELLED,CANCELLED"})
    void shouldTellHowTheRunEnded(Run.Status status, Outcome outcome) {
        var end = NOON.plusSeconds(9);

        var transition = running.seen(REPORT, ended(OPEN, status, end), UNKNOWN_AGE, NOON.plusSeconds(10), PACE);

        assertThat(transition.told())
                .contains(new RunFinished(
                        REPORT,
                        Optional.empty(),
                        "run1",
                        datasets("d1"),
                        changes(5),
                        outcome,
                        "state of " + status,
                        NOON,
                        false,
                        end,
                        Optional.empty()));
        assertThat(transition.durable()).isTrue();
        assertThat(transition.to()).isInstanceOf(Settled.class);
        assertThat(transition.to().merge(request("d1", 5)))
                .as("it has ended for that batch")
                .isSameAs(transition.to());
    }

    @Test
    void shouldTellByWhatNameItIsKnownAndWhyItFailed() {
        var why = RunError.of(Optional.of("SqlUnknownColumn"), Optional.empty());
        var failed = ended(OPEN, Run.Status.FAILED, NOON.plusSeconds(9)).because(why);
        var named = running.with(running.memory().named(Optional.of("Sales, daily")));

        var transition = named.seen(REPORT, failed, UNKNOWN_AGE, NOON.plusSeconds(10), PACE);

        var told = (RunFinished) transition.told().orElseThrow();
        assertThat(told.error()).isEqualTo(why).isPresent();
        assertThat(told.name()).contains("Sales, daily");
        assertThat(transition.to().memory().name()).contains("Sales, daily");
    }

    @Test
    void shouldGoOnWithTheFollowUpAtOnce() {
        var transition = running(Optional.of(request("d2", 6)))
                .seen(
                        REPORT,
                        ended(OPEN, Run.Status.FAILED, NOON.plusSeconds(9)),
                        UNKNOWN_AGE,
                        NOON.plusSeconds(10),
                        PACE);

        assertThat(transition.to())
                .isEqualTo(new Waiting(
                        request("d2", 6),
                        NOON.plusSeconds(10),
                        Attempts.NONE,
                        and(remembering(1), 5, new ReportOutcome(Outcome.FAILED, NOON.plusSeconds(9), "run1", null))));
    }

    @Test
    void shouldRememberHowLongASuccessfulRunTook() {
        var succeeded = running.seen(
                REPORT,
                ended(OPEN, Run.Status.SUCCEEDED, NOON.plusSeconds(9)),
                UNKNOWN_AGE,
                NOON.plusSeconds(60),
                PACE);
        var failed = running.seen(
                REPORT, ended(OPEN, Run.Status.FAILED, NOON.plusSeconds(9)), UNKNOWN_AGE, NOON.plusSeconds(60), PACE);

        assertThat(succeeded.to().memory().runtime()).isEqualTo(Duration.ofSeconds(10));
        assertThat(failed.to().memory().runtime()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void shouldTellNoRunToHaveEndedBeforeItWasAccepted() {
        var transition = running.seen(
                REPORT,
                ended(OPEN, Run.Status.SUCCEEDED, NOON.minusSeconds(5)),
                UNKNOWN_AGE,
                NOON.plusSeconds(3),
                PACE);

        assertThat(finished(transition).finishedAt()).isEqualTo(NOON);
    }

    @Test
    void shouldTellARunThatIsOpenForTooLongAsTimedOut() {
        var before = running.seen(REPORT, OPEN, UNKNOWN_AGE, DEADLINE.minusMillis(1), PACE);
        var onTime = running.seen(REPORT, OPEN, UNKNOWN_AGE, DEADLINE, PACE);

        assertThat(before.told()).isEmpty();
        assertThat(before.to().step().orElseThrow().due()).isEqualTo(DEADLINE);
        assertThat(finished(onTime).outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(finished(onTime).finishedAt()).isEqualTo(DEADLINE);
    }

    /** While Mode was in trouble it may have ended well. */
    @Test
    void shouldTellNoRunAsTimedOutThatModeHasNotShownAfterItsDeadline() {
        var unanswered = running.unanswered(REPORT, DEADLINE, PACE);
        var later = unanswered.to().ifRunning().orElseThrow();

        assertThat(unanswered.told()).isEmpty();
        assertThat(later.askAt()).as("not at once, over and over").isAfter(DEADLINE.plusSeconds(1));
        assertThat(finished(later.seen(
                                REPORT, ended(OPEN, Run.Status.SUCCEEDED, NOON), UNKNOWN_AGE, later.askAt(), PACE))
                        .outcome())
                .isEqualTo(Outcome.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({"PT59M59S, false", "PT1H, true"})
    void shouldTellNoRunAsTimedOutThatIsYoungByModesClock(Duration age, boolean timesOut) {
        var aheadByHours = NOON.plus(Duration.ofHours(9));

        var seen = running.seen(REPORT, OPEN, Optional.of(age), aheadByHours, PACE);

        assertThat(seen.told().isPresent()).isEqualTo(timesOut);
    }

    @Test
    void shouldAskLaterWhereThereIsNoAnswer() {
        var transition = running.unanswered(REPORT, NOON.plusSeconds(2), PACE);

        assertThat(transition.durable()).isFalse();
        assertThat(transition.to().step().orElseThrow().due()).isBetween(NOON.plusSeconds(4), NOON.plusSeconds(5));
    }

    @Test
    void shouldTellAVanishedRunAsFailedOnceModeInsists() {
        var first = running.missing(REPORT, NOON.plusSeconds(2), PACE);
        var vanished = first.to().ifRunning().orElseThrow();
        var insists = NOON.plusSeconds(2).plus(PACE.vanishAfter());

        var almost = vanished.missing(REPORT, insists.minusMillis(1), PACE);
        var last = vanished.missing(REPORT, insists, PACE);

        assertThat(first.durable()).isFalse();
        assertThat(first.to().step().orElseThrow().due()).isEqualTo(NOON.plusSeconds(4));
        assertThat(almost.told()).isEmpty();
        assertThat(finished(last).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(finished(last).modeState()).isEqualTo("not_found");
    }

    @Test
    void shouldForgetThatTheRunWasMissingOnceItIsSeen() {
        var missing = running.missing(REPORT, NOON.plusSeconds(2), PACE)
                .to()
                .ifRunning()
                .orElseThrow();

        var seen = missing.seen(REPORT, OPEN, UNKNOWN_AGE, NOON.plusSeconds(4), PACE);

        assertThat(seen.to().ifRunning().orElseThrow().missingSince()).isEmpty();
    }

    @Test
    void shouldTellAGoodEndThatOnlyAListingShows() {
        var row = new Run(
                "run1",
                "succeeded",
                Run.Status.SUCCEEDED,
                Optional.empty(),
                Optional.of(NOON.plusSeconds(9)),
                Optional.empty(),
                Optional.empty());

        var transition = running.seen(REPORT, row, UNKNOWN_AGE, NOON.plusSeconds(30), PACE);

        assertThat(finished(transition).finishedAt()).isEqualTo(NOON.plusSeconds(9));
        assertThat(transition.to().memory().runtime()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void shouldBeAskedAfterByItselfWhenListingsHaveLeftItOpenForAsLongAsItUsuallyTakes() {
        var listed = unlisted(running, NOON.plusSeconds(22));
        var listedAgain = unlisted(listed, NOON.plusSeconds(25));

        assertThat(running.mayBeListed(NOON.plusSeconds(22), PACE)).isTrue();
        assertThat(listedAgain.listedSince()).contains(NOON.plusSeconds(22));
        // As old as it was then, which is longer than the 20 s that it usually takes.
        assertThat(listedAgain.mayBeListed(NOON.plusSeconds(43), PACE)).isTrue();
        assertThat(listedAgain.mayBeListed(NOON.plusSeconds(44), PACE)).isFalse();
        assertThat(listedAgain
                        .seen(REPORT, OPEN, UNKNOWN_AGE, NOON.plusSeconds(44), PACE)
                        .to()
                        .ifRunning()
                        .orElseThrow()
                        .mayBeListed(NOON.plusSeconds(45), PACE))
                .isTrue();
    }

    @Test
    void shouldNotBeListedWhereModeDidNotKnowItNorBeforeItIsGivenUp() {
        var missing = running.missing(REPORT, NOON.plusSeconds(2), PACE)
                .to()
                .ifRunning()
                .orElseThrow();

        assertThat(missing.mayBeListed(NOON.plusSeconds(3), PACE)).isFalse();
        assertThat(running.mayBeListed(DEADLINE, PACE)).isFalse();
        assertThat(running.unlisted(Optional.empty(), DEADLINE, PACE).told()).isEmpty();
    }

    @Test
    void shouldLearnFromAListingHowLongTheRunMayTake() {
        var unknown = running(ReportHistory.EMPTY);

        var listed = unknown.unlisted(Optional.of(Duration.ofSeconds(30)), NOON.plusSeconds(2), PACE)
                .to()
                .ifRunning()
                .orElseThrow();

        assertThat(listed.askAt()).isBetween(NOON.plusSeconds(33), NOON.plusSeconds(37));
        assertThat(listed.memory().runtime()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void shouldLetQuestionsFallDueTogether() {
        var dues = java.util.stream.IntStream.range(0, 400)
                .mapToObj(millis -> unlisted(running, NOON.plusSeconds(22).plusMillis(millis))
                        .askAt())
                .distinct();

        assertThat(dues).hasSizeLessThanOrEqualTo(2);
    }

    private static Running unlisted(Running running, Instant now) {
        return running.unlisted(Optional.empty(), now, PACE).to().ifRunning().orElseThrow();
    }

    @Test
    void shouldAskAtOnceOnAHint() {
        var transition = running.hinted(NOON.plusSeconds(1));

        assertThat(transition.durable()).isFalse();
        assertThat(transition.told()).isEmpty();
        assertThat(transition.to().step().orElseThrow().due()).isEqualTo(NOON.plusSeconds(1));
    }

    private static RunFinished finished(Transition transition) {
        return (RunFinished) transition.told().orElseThrow();
    }
}
