package io.freshet.schedule;

import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;

/** What it took to see the ends of so many runs. */
record PollCost(int runs, int ofRun, int ofReport, int ofPage, Duration longestWait) {

    static PollCost of(int runs, List<PollCall> calls, Duration longestWait) {
        return new PollCost(
                runs,
                count(call -> call.fold(run -> 1, report -> 0, page -> 0), calls),
                count(call -> call.fold(run -> 0, report -> 1, page -> 0), calls),
                count(call -> call.fold(run -> 0, report -> 0, page -> 1), calls),
                longestWait);
    }

    private static int count(ToIntFunction<PollCall> each, List<PollCall> calls) {
        return calls.stream().mapToInt(each).sum();
    }

    double callsPerRun() {
        return (double) (ofRun + ofReport + ofPage) / runs;
    }

    @Override
    public String toString() {
        return "%.2f calls per run (%d of runs, %d of reports, %d of pages), ends seen after at most %d s"
                .formatted(callsPerRun(), ofRun, ofReport, ofPage, longestWait.toSeconds());
    }
}
