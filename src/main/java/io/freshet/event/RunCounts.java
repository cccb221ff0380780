package io.freshet.event;

/** What became of the reports of a batch, as numbers of reports; what was left out may be a dataset as well. */
public record RunCounts(int succeeded, int failed, int cancelled, int timedOut, int rejected, int leftOut) {

    public static RunCounts leftOut(int leftOut) {
        return new RunCounts(0, 0, 0, 0, 0, leftOut);
    }

    /** One report more. */
    public RunCounts and(Outcome outcome) {
        return new RunCounts(
                succeeded + one(outcome, Outcome.SUCCEEDED),
                failed + one(outcome, Outcome.FAILED),
                cancelled + one(outcome, Outcome.CANCELLED),
                timedOut + one(outcome, Outcome.TIMED_OUT),
                rejected + one(outcome, Outcome.REJECTED),
                leftOut);
    }

    private static int one(Outcome outcome, Outcome counted) {
        return outcome == counted ? 1 : 0;
    }

    /** How many reports have come to their end. */
    public int ended() {
        return succeeded + notSucceeded();
    }

    public int notSucceeded() {
        return failed + cancelled + timedOut + rejected;
    }
}
