package io.freshet.run;

import io.freshet.event.DisplayName;
import io.freshet.event.Outcome;
import io.freshet.event.Presentation;
import io.freshet.event.ReportKey;
import io.freshet.event.RunError;
import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.FullReport;
import io.freshet.mode.Mode;
import io.freshet.mode.ReportRun;
import io.freshet.state.Run;
import io.freshet.state.Running;
import io.freshet.state.TrackingPolicy;
import io.freshet.state.Transition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * What an answer about an open run means for it. A run that Mode refuses to show, has trouble with though it answers
 * others, or calls completed without an end, is doubtful, and comes to its end when it has been so for too long: no report
 * waits for one answer for ever.
 */
final class RunVerdict {

    private static final Logger LOG = Logger.getLogger(RunVerdict.class);
    /** Clocks differ, and a page of the listing is read whole anyway. */
    private static final Duration OLDER = Duration.ofHours(1);

    private static final int MOST_STRANGE_STATES = 100;

    private final TrackingPolicy pace;
    private final Presentation presentation;
    private final Clock clock;
    private final DoubtfulRuns doubts;
    /** Those that were logged. */
    private final Set<String> strangeStates = ConcurrentHashMap.newKeySet();

    RunVerdict(TrackingPolicy pace, Presentation presentation, Clock clock) {
        this.pace = pace;
        this.presentation = presentation;
        this.clock = clock;
        this.doubts = new DoubtfulRuns(pace.unclearAfter());
    }

    /** Whether it was doubtful for so long that the next look is the last. */
    boolean isOverdue(ReportKey report, Running running) {
        return doubts.isTooLong(report, running.runToken(), clock.instant());
    }

    /** An older run in a listing is older than this one, by Mode's clock. */
    Instant listedSince(Running running, Mode mode) {
        var ago = Duration.between(running.acceptedAt(), clock.instant());
        return mode.clock().about(ago).orElse(running.acceptedAt()).minus(OLDER);
    }

    /** @param why it failed, if that is what it did and if Mode said so in time */
    Transition ofRun(ReportKey report, Running running, Mode mode, Answer<ReportRun> answer, Optional<RunError> why) {
        return answer.fold(
                run -> seen(report, running, mode, run, why), failure -> ofFailure(report, running, mode, failure));
    }

    /** @param why it failed, if that is what it did and if Mode said so in time */
    Transition ofListing(
            ReportKey report, Running running, Mode mode, Answer<List<ReportRun>> answer, Optional<RunError> why) {
        return answer.fold(
                runs -> RunMapper.shown(answer, running)
                        .map(run -> inListing(report, running, mode, run, why))
                        .orElseGet(() -> running.missing(report, clock.instant(), pace)),
                failure -> notListed(report, running, mode, failure));
    }

    Transition ofRow(ReportKey report, Running running, FullReport row) {
        var now = clock.instant();
        var name = presentation.shown(report.account(), DisplayName.of(row.name(), row.token()));
        var named = running.with(running.memory().named(name));
        return RunMapper.of(row, named)
                .map(run -> ended(report, named, run, now))
                .orElseGet(() -> named.unlisted(row.expectedRuntime(), now, pace));
    }

    Transition ofFailure(ReportKey report, Running running, Mode mode, Failure<?> failure) {
        var now = clock.instant();
        if (failure.kind() == Kind.NOT_FOUND) {
            return running.missing(report, now, pace);
        }
        if (mode.trouble().isPresent()) {
            doubts.clear(report);
        } else if (isOfThisRun(failure)) {
            doubt(report, running, mode, now);
        }
        return running.unanswered(report, now, pace);
    }

    private Transition seen(ReportKey report, Running running, Mode mode, ReportRun run, Optional<RunError> why) {
        var now = clock.instant();
        if (run.isStrange()) {
            tell(report, run);
        }
        if (run.isHalfEnded()) {
            doubt(report, running, mode, now);
            return running.seen(report, RunMapper.of(run), age(mode, run), now, pace);
        }
        doubts.clear(report);
        return running.seen(report, RunMapper.of(run).because(why), age(mode, run), now, pace);
    }

    /** The last look at a doubtful run. What says that it is completed is taken at its word now. */
    private Transition inListing(ReportKey report, Running running, Mode mode, ReportRun run, Optional<RunError> why) {
        return run.isHalfEnded()
                ? ended(report, running, RunMapper.succeeded(run), clock.instant())
                : seen(report, running, mode, run, why);
    }

    private Transition ended(ReportKey report, Running running, Run run, Instant now) {
        doubts.clear(report);
        return running.seen(report, run, Optional.empty(), now, pace);
    }

    private Transition notListed(ReportKey report, Running running, Mode mode, Failure<?> failure) {
        var now = clock.instant();
        if (failure.kind() == Kind.NOT_FOUND
                || !isOfThisRun(failure)
                || mode.trouble().isPresent()) {
            return ofFailure(report, running, mode, failure);
        }
        if (!failure.kind().isTransient()) {
            giveUp(report, running, failure);
            return running.finished(report, Outcome.FAILED, failure.kind().word(), now);
        }
        if (doubts.othersAreAnswered(report, mode.limit().goodAnswers())) {
            giveUp(report, running, failure);
            return running.finished(report, Outcome.TIMED_OUT, running.modeState(), now);
        }
        return running.unanswered(report, now, pace);
    }

    private void giveUp(ReportKey report, Running running, Failure<?> failure) {
        doubts.clear(report);
        LOG.warnf("run=given_up report=%s run=%s %s", report, running.runToken(), failure);
    }

    private void doubt(ReportKey report, Running running, Mode mode, Instant now) {
        doubts.doubt(report, running.runToken(), now, mode.limit().goodAnswers());
    }

    /** Whether the failure may be of this run alone. */
    private static boolean isOfThisRun(Failure<?> failure) {
        return switch (failure.kind()) {
            case BAD_REQUEST, FORBIDDEN, NOT_FOUND, REFUSED, UNAVAILABLE, UNREADABLE, ANSWER_UNKNOWN -> true;
            case UNAUTHORISED, THROTTLED, UNREACHABLE, NOT_SENT -> false;
        };
    }

    private static Optional<Duration> age(Mode mode, ReportRun run) {
        return mode.clock().now().flatMap(now -> run.createdAt().map(created -> Duration.between(created, now)));
    }

    private void tell(ReportKey report, ReportRun run) {
        if (strangeStates.size() < MOST_STRANGE_STATES && strangeStates.add(run.state())) {
            LOG.warnf(
                    "state=unknown state_in_mode=%s report=%s run=%s: a run with it counts as open, or as failed once it has completed_at",
                    run.state(), report, run.token());
        }
    }
}
