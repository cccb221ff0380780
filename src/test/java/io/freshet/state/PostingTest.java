package io.freshet.state;

import static io.freshet.state.Samples.NOON;
import static io.freshet.state.Samples.PACE;
import static io.freshet.state.Samples.REPORT;
import static io.freshet.state.Samples.and;
import static io.freshet.state.Samples.change;
import static io.freshet.state.Samples.changes;
import static io.freshet.state.Samples.datasets;
import static io.freshet.state.Samples.executedBy;
import static io.freshet.state.Samples.naming;
import static io.freshet.state.Samples.remembering;
import static io.freshet.state.Samples.request;
import static io.freshet.state.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunAccepted;
import io.freshet.event.RunRejected;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostingTest {

    private static final ReportKey DATASET = ReportKey.dataset("acme", "d3");

    /** The intent was saved at noon, and at once it was sure that no answer would come. */
    private final Posting posting = posting(Optional.empty(), Attempts.NONE);

    private static Posting posting(Optional<RefreshRequest> next, Attempts attempts) {
        return posting(next, attempts, Optional.of(NOON));
    }

    private static Posting posting(Optional<RefreshRequest> next, Attempts attempts, Optional<Instant> graceFrom) {
        return new Posting(
                request("d1,d2", 5), next, NOON, NOON.minusSeconds(2), graceFrom, NOON, attempts, remembering(1));
    }

    private static final Instant AFTER_GRACE = NOON.plus(PACE.grace());

    @Test
    void shouldLookForItsRunAfterACrash() {
        assertThat(posting.step())
                .contains(new Step(Step.Kind.RECONCILE, NOON, change(5).changedAt()));
    }

    @Test
    void shouldTellAnAnswerToAnEarlierAttemptFromItsOwn() {
        var withMore = posting.merge(request("d3", 6)).ifPosting().orElseThrow();
        var again = new Posting(
                posting.request(),
                Optional.empty(),
                NOON.plusSeconds(60),
                NOON.plusSeconds(58),
                Optional.empty(),
                NOON.plusSeconds(60),
                Attempts.NONE,
                posting.memory());

        assertThat(posting.isAttempt(withMore)).isTrue();
        assertThat(posting.isAttempt(again)).isFalse();
    }

    @Test
    void shouldKeepALaterWishForTheFollowUp() {
        var after = posting.merge(request("d3", 6)).merge(request("d4", 7));

        assertThat(after).isEqualTo(posting(Optional.of(request("d3,d4", 6, 7)), Attempts.NONE));
    }

    @Test
    void shouldBeTheVerySameWhereItCarriesTheBatchOrHasEndedForIt() {
        var twice = posting.merge(request("d3", 6));

        assertThat(posting.merge(request("d1", 5))).isSameAs(posting);
        assertThat(posting.merge(request("d9", 1)))
                .as("an earlier run was for it")
                .isSameAs(posting);
        assertThat(twice.merge(request("d3", 6))).isSameAs(twice);
    }

    @Test
    void shouldAskFirstWhenItsDatasetsAreExpectedToBeDoneWhereNothingWasMeasured() {
        var expecting =
                new RefreshRequest(datasets("d1"), changes(5), NOON, Optional.of(Duration.ofSeconds(40)), false);
        var first = new Posting(
                expecting, Optional.empty(), NOON, NOON, Optional.empty(), NOON, Attempts.NONE, ReportHistory.EMPTY);
        var measured = new Posting(
                expecting, Optional.empty(), NOON, NOON, Optional.empty(), NOON, Attempts.NONE, remembering(1));

        assertThat(askAt(first)).isBetween(NOON.plusSeconds(44), NOON.plusSeconds(48));
        assertThat(askAt(measured)).isBetween(NOON.plusSeconds(22), NOON.plusSeconds(26));
        assertThat(askAt(posting)).isBetween(NOON.plusSeconds(22), NOON.plusSeconds(26));
    }

    @Test
    void shouldAskFirstAfterADatasetExactlyWhenItIsExpectedToBeDone() {
        assertThat(askAt(ReportKey.dataset("acme", "d1"), posting)).isEqualTo(NOON.plusSeconds(22));
    }

    private static Instant askAt(Posting posting) {
        return askAt(REPORT, posting);
    }

    private static Instant askAt(ReportKey report, Posting posting) {
        return posting.accepted(report, run("run1", NOON), NOON, PACE)
                .to()
                .ifRunning()
                .orElseThrow()
                .askAt();
    }

    @Test
    void shouldFollowTheRunThatModeTook() {
        var transition = posting.accepted(REPORT, executedBy(run("run1", NOON), "bot"), NOON.plusSeconds(1), PACE);

        var running = transition.to().ifRunning().orElseThrow();
        assertThat(running.runToken()).isEqualTo("run1");
        assertThat(running.acceptedAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(running.askAt())
                .as("the last run took 20 s")
                .isBetween(NOON.plusSeconds(1 + 22), NOON.plusSeconds(1 + 26));
        assertThat(running.memory().lastRun()).isEqualTo("run1");
        assertThat(running.memory().executedBy()).isEqualTo("bot");
        assertThat(transition.told())
                .contains(new RunAccepted(
                        REPORT, Optional.empty(), "run1", datasets("d1,d2"), changes(5), NOON.plusSeconds(1), false));
        assertThat(transition.durable()).isTrue();
    }

    @Test
    void shouldSettleWhereModeRefusesForGood() {
        var transition =
                posting.refused(REPORT, new Refusal("report_not_found", 404, "No such report."), NOON.plusSeconds(1));

        assertThat(transition.told())
                .contains(new RunRejected(
                        REPORT,
                        Optional.empty(),
                        datasets("d1,d2"),
                        changes(5),
                        "report_not_found",
                        404,
                        "No such report.",
                        NOON.plusSeconds(1)));
        assertThat(transition.to()).isInstanceOf(Settled.class);
        assertThat(transition.to().merge(request("d1", 5)))
                .as("it has ended for that batch")
                .isSameAs(transition.to());
    }

    @Test
    void shouldGoOnWithWhatCameMeanwhileAfterARefusal() {
        var transition = posting(Optional.of(request("d3", 6)), new Attempts(2, NOON))
                .refused(REPORT, new Refusal("forbidden", 403, "No."), NOON.plusSeconds(1));

        assertThat(transition.to())
                .isEqualTo(new Waiting(
                        request("d3", 6),
                        NOON.plusSeconds(1),
                        Attempts.NONE,
                        and(
                                remembering(1),
                                5,
                                new ReportOutcome(Outcome.REJECTED, NOON.plusSeconds(1), null, "forbidden"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 405})
    void shouldRefuseWhatCameMeanwhileWithADatasetThatModeWillNotRun(int status) {
        var transition = posting(Optional.of(request("d3", 6)), Attempts.NONE)
                .refused(DATASET, new Refusal("forbidden", status, "No."), NOON.plusSeconds(1));

        assertThat(transition.to().isAtRest()).isTrue();
        assertThat(transition.to().memory().outcomes()).containsKeys(5L, 6L);
        assertThat(transition.to().wasRefusedLately(NOON.plusSeconds(2))).isTrue();
    }

    /** A body that Mode finds wrong, an answer that can't be used, an attempt that was given up. */
    @ParameterizedTest
    @ValueSource(ints = {400, 202, 0})
    void shouldTryOnceMoreForWhatCameMeanwhileIfOneAttemptOfADatasetIsRefused(int status) {
        var transition = posting(Optional.of(request("d3", 6)), Attempts.NONE)
                .refused(DATASET, new Refusal("refused", status, "No."), NOON.plusSeconds(1));

        assertThat(transition.to().underWay()).contains(request("d3", 6));
        assertThat(transition.to().memory().outcomes()).containsKey(5L).doesNotContainKey(6L);
        assertThat(transition.to().wasRefusedLately(NOON.plusSeconds(2))).isFalse();
    }

    @Test
    void shouldWaitWithAllThatCameMeanwhileWhereModeTookNothing() {
        var transition =
                posting(Optional.of(request("d3", 6)), new Attempts(2, NOON)).notTaken(NOON.plusSeconds(9));

        assertThat(transition)
                .isEqualTo(Transition.to(new Waiting(
                        request("d1,d2,d3", 5, 6), NOON.plusSeconds(9), new Attempts(2, NOON), remembering(1))));
    }

    @Test
    void shouldLookLaterWhereNobodyKnows() {
        var transition = posting.unanswered(NOON.plusSeconds(8), NOON.plusSeconds(9));

        assertThat(transition.durable()).isTrue();
        assertThat(transition.to().ifPosting().flatMap(Posting::graceFrom)).contains(NOON.plusSeconds(8));
        assertThat(transition.told()).isEmpty();
        assertThat(transition.to().step().orElseThrow().due()).isEqualTo(NOON.plusSeconds(9));
    }

    @ParameterizedTest
    @CsvSource({"0,2", "1,2", "10,5", "100,50", "1000,60"})
    void shouldLookEverMoreSeldomWhileTheListingCannotBeHad(int seconds, int pause) {
        var now = NOON.plusSeconds(seconds);

        var transition = posting.notListed(now, PACE);

        assertThat(transition.durable()).isFalse();
        assertThat(transition.to().step().orElseThrow().due()).isEqualTo(now.plusSeconds(pause));
    }

    @Test
    void shouldAdoptTheRunThatWasCreatedSince() {
        var runs = List.of(run("later", NOON.plusSeconds(8)), run("ours", NOON.plusSeconds(1)));

        var transition = posting.listed(REPORT, Samples.listed(runs), NOON.plusSeconds(30), NOON.plusSeconds(30), PACE);

        assertThat(transition.told())
                .contains(new RunAccepted(
                        REPORT, Optional.empty(), "ours", datasets("d1,d2"), changes(5), NOON.plusSeconds(1), true));
        assertThat(transition.to().step()).as("it may be over").hasValueSatisfying(step -> assertThat(step.due())
                .isEqualTo(NOON.plusSeconds(30)));
    }

    /** Else a run that Mode dates hours back would have timed out at once. */
    @Test
    void shouldHaveHadARunAcceptedBetweenItsAttemptAndNowWhateverModesClockShows() {
        var now = NOON.plusSeconds(30);
        var yesterday = NOON.minus(Duration.ofDays(1));
        var behind = new Posting(
                request("d1", 5),
                Optional.empty(),
                NOON,
                yesterday,
                Optional.of(NOON),
                now,
                Attempts.NONE,
                ReportHistory.EMPTY);

        assertThat(acceptedAt(behind, yesterday, now)).isEqualTo(NOON);
        assertThat(acceptedAt(behind, now.plusSeconds(3600), now)).isEqualTo(now);
    }

    private static Instant acceptedAt(Posting posting, Instant createdAt, Instant now) {
        return posting.listed(REPORT, Samples.listed(List.of(run("ours", createdAt))), now, now, PACE)
                .to()
                .ifRunning()
                .orElseThrow()
                .acceptedAt();
    }

    @Test
    void shouldAdoptNoRunThatCannotBeItsOwn() {
        var runs = List.of(
                run("older", NOON.minusSeconds(3)),
                run("earlier", NOON.plusSeconds(1)),
                executedBy(run("a-persons", NOON.plusSeconds(1)), "ann"),
                naming(run("for-others", NOON.plusSeconds(1)), "d1"));

        var transition = posting.listed(REPORT, Samples.listed(runs), NOON.plusSeconds(30), NOON.plusSeconds(30), PACE);

        assertThat(transition.told()).isEmpty();
        assertThat(transition.to()).isInstanceOf(Posting.class);
    }

    /** The credential is another user's since. */
    @Test
    void shouldAdoptARunOfWhomeverTheCredentialBelongsToNow() {
        var runs = List.of(
                executedBy(run("ours", NOON.plusSeconds(1)), "freshet2"),
                executedBy(run("a-persons", NOON.plusSeconds(1)), "ann"));
        var known = new ListedRuns(runs, Optional.of("freshet2"));

        assertThat(known.ours(posting).map(Run::token)).contains("ours");
        assertThat(known.perhapsOurs(posting)).isEmpty();
    }

    /** A second run is worse than one that a person may have made. */
    @Test
    void shouldAdoptAnothersRunAfterTheGraceWhereNobodyKnowsWhoseTheCredentialIsNow() {
        var runs = List.of(executedBy(run("anothers", NOON.plusSeconds(1)), "freshet2"));
        var before = posting.listed(
                REPORT, new ListedRuns(runs, Optional.empty()), AFTER_GRACE.minusSeconds(1), AFTER_GRACE, PACE);
        var after = posting.listed(REPORT, new ListedRuns(runs, Optional.empty()), AFTER_GRACE, AFTER_GRACE, PACE);
        var known =
                posting.listed(REPORT, new ListedRuns(runs, Optional.of("freshet")), AFTER_GRACE, AFTER_GRACE, PACE);

        assertThat(before.to()).isInstanceOf(Posting.class);
        assertThat(after.to().ifRunning().map(Running::runToken)).contains("anothers");
        assertThat(known.to()).isInstanceOf(Waiting.class);
    }

    /** Nothing was posted with this credential, nor was the report ever run by us: a schedule runs it, too. */
    @Test
    void shouldRatherAdoptARunOfSomebodyWhoDidNotRunItBefore() {
        var first = new Posting(
                request("d1,d2", 5),
                Optional.empty(),
                NOON,
                NOON.minusSeconds(2),
                Optional.empty(),
                NOON,
                Attempts.NONE,
                ReportHistory.EMPTY);
        var yesterday = executedBy(run("yesterday", NOON.minusSeconds(86_400)), "schedule");
        var scheduled = executedBy(run("scheduled", NOON.plusSeconds(1)), "schedule");
        var ours = executedBy(run("ours", NOON.plusSeconds(2)), "freshet");
        var alone = new ListedRuns(List.of(scheduled, yesterday), Optional.empty());
        var both = new ListedRuns(List.of(ours, scheduled, yesterday), Optional.empty());

        assertThat(both.ours(first)).contains(ours);
        assertThat(both.perhapsOurs(first)).contains(ours);
        assertThat(alone.ours(first)).as("ours may show yet").isEmpty();
        assertThat(alone.perhapsOurs(first)).as("rather than a second run").contains(scheduled);
    }

    @Test
    void shouldNotLookForEverWhereModeListsNoRuns() {
        var graceFrom = NOON.plusSeconds(30);
        var unlisted = posting(Optional.empty(), Attempts.NONE, Optional.of(graceFrom));
        var tooLong = graceFrom.plus(PACE.giveUpAfter());

        assertThat(unlisted.isUnlistedForTooLong(tooLong.minusMillis(1), PACE)).isFalse();
        assertThat(unlisted.isUnlistedForTooLong(tooLong, PACE)).isTrue();
    }

    @Test
    void shouldAdoptNoRunThatIsOlderThanTheOneFollowedLast() {
        var runs = List.of(run("earlier", NOON.minusSeconds(1)), run("older", NOON.minusMillis(1_500)));

        var transition = posting.listed(REPORT, Samples.listed(runs), NOON.plusSeconds(30), NOON.plusSeconds(30), PACE);

        assertThat(transition.told()).isEmpty();
    }

    @Test
    void shouldTrustAnEmptyListingOnlyAfterTheGrace() {
        var early = posting.listed(
                REPORT, Samples.listed(List.of()), AFTER_GRACE.minusSeconds(1), AFTER_GRACE.plusSeconds(60), PACE);
        var late = posting.listed(REPORT, Samples.listed(List.of()), AFTER_GRACE, AFTER_GRACE, PACE);

        assertThat(early.durable()).isFalse();
        assertThat(early.to().step().orElseThrow().due()).isEqualTo(AFTER_GRACE);
        assertThat(late)
                .isEqualTo(Transition.to(new Waiting(
                        request("d1,d2", 5), AFTER_GRACE.plusSeconds(1), new Attempts(1, NOON), remembering(1))));
    }

    /** A read timeout of 30 s has used up any shorter grace that counts from the attempt. */
    @Test
    void shouldCountTheGraceFromWhenItWasSureThatNoAnswerComes() {
        var timedOut = posting(Optional.empty(), Attempts.NONE, Optional.of(NOON.plusSeconds(30)));
        var settledAt = NOON.plusSeconds(30).plus(PACE.grace());

        assertThat(timedOut.listed(REPORT, Samples.listed(List.of()), settledAt.minusMillis(1), settledAt, PACE)
                        .to())
                .isInstanceOf(Posting.class);
        assertThat(timedOut.listed(REPORT, Samples.listed(List.of()), settledAt, settledAt, PACE)
                        .to())
                .isInstanceOf(Waiting.class);
    }

    /** It may have left as late as it may, and an answer may take as long as it may. */
    @Test
    void shouldCountTheGraceFromTheLatestAnswerAfterACrash() {
        var found = posting(Optional.empty(), Attempts.NONE, Optional.empty());
        var settledAt = NOON.plus(PACE.leavesWithin()).plus(PACE.readTimeout()).plus(PACE.grace());

        assertThat(found.listed(REPORT, Samples.listed(List.of()), settledAt.minusMillis(1), settledAt, PACE)
                        .to())
                .isInstanceOf(Posting.class);
        assertThat(found.listed(REPORT, Samples.listed(List.of()), settledAt, settledAt, PACE)
                        .to())
                .isInstanceOf(Waiting.class);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,2", "2,4", "5,32", "6,60", "1000,60"})
    void shouldWaitTwiceAsLongAfterEachAttempt(int failedBefore, int seconds) {
        var again = posting(Optional.empty(), new Attempts(failedBefore, NOON));

        var transition = again.listed(REPORT, Samples.listed(List.of()), AFTER_GRACE, AFTER_GRACE, PACE);

        assertThat(transition.to().step().orElseThrow().due()).isEqualTo(AFTER_GRACE.plusSeconds(seconds));
    }

    @Test
    void shouldGiveUpAfterEnoughAttemptsAndEnoughTime() {
        var longAgo = AFTER_GRACE.minus(PACE.giveUpAfter());
        var often = posting(Optional.empty(), new Attempts(PACE.giveUpAttempts() - 1, longAgo.plusSeconds(1)));
        var longSince = posting(Optional.empty(), new Attempts(PACE.giveUpAttempts() - 2, longAgo));
        var both = posting(Optional.empty(), new Attempts(PACE.giveUpAttempts() - 1, longAgo));

        var gaveUp = both.listed(REPORT, Samples.listed(List.of()), AFTER_GRACE, AFTER_GRACE, PACE);

        assertThat(often.listed(REPORT, Samples.listed(List.of()), AFTER_GRACE, AFTER_GRACE, PACE)
                        .told())
                .isEmpty();
        assertThat(longSince
                        .listed(REPORT, Samples.listed(List.of()), AFTER_GRACE, AFTER_GRACE, PACE)
                        .told())
                .isEmpty();
        assertThat(gaveUp.told())
                .hasValueSatisfying(told -> assertThat(told).isInstanceOfSatisfying(RunRejected.class, rejected -> {
                    assertThat(rejected.reason()).isEqualTo("gave_up");
                    assertThat(rejected.message()).contains("none of 3 POSTs since " + longAgo);
                }));
        assertThat(gaveUp.to()).isInstanceOf(Settled.class);
    }

    @Test
    void shouldPauseForTheLongestAtMost() {
        assertThat(new Attempts(Integer.MAX_VALUE, NOON).pause(PACE)).isEqualTo(Duration.ofSeconds(60));
        assertThat(Attempts.NONE.pause(PACE)).isEqualTo(Duration.ofSeconds(1));
    }
}
