package io.freshet.run;

import io.freshet.event.ReportKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Open runs of which Mode says nothing clear: since when, and how many good answers it had given by then. Not saved: another
 * owner counts anew.
 */
final class DoubtfulRuns {

    /** Enough for a workspace that is in trouble altogether, whose runs are no longer doubted when that is known. */
    private static final int MOST = 10_000;

    private record Doubt(String run, Instant since, long goodAnswers) {}

    private final Duration longest;
    private final Map<ReportKey, Doubt> byReport = new ConcurrentHashMap<>();

    /** @param longest how long a run may stay doubtful */
    DoubtfulRuns(Duration longest) {
        this.longest = longest;
    }

    /** Another answer says nothing clear. */
    void doubt(ReportKey report, String run, Instant now, long goodAnswers) {
        if (byReport.size() >= MOST) {
            byReport.clear(); // they are doubted for longer, which is better than a memory that only grows
        }
        byReport.merge(
                report,
                new Doubt(run, now, goodAnswers),
                (before, begun) -> before.run().equals(run) ? before : begun);
    }

    void clear(ReportKey report) {
        byReport.remove(report);
    }

    boolean isTooLong(ReportKey report, String run, Instant now) {
        var doubt = byReport.get(report);
        return doubt != null
                && doubt.run().equals(run)
                && !now.isBefore(doubt.since().plus(longest));
    }

    /** Whether Mode has given good answers since then. */
    boolean othersAreAnswered(ReportKey report, long goodAnswers) {
        var doubt = byReport.get(report);
        return doubt != null && goodAnswers > doubt.goodAnswers();
    }
}
