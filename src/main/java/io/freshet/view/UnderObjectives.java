package io.freshet.view;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reports of one workspace that haven't shown a change which an objective counts. Plain Java, for one thread at a time. */
final class UnderObjectives {

    /** What one report's record says. */
    record Standing(List<UnshownReport> unshown, List<LateReport> late) {

        static final Standing NONE = new Standing(List.of(), List.of());
    }

    private final NavigableMap<String, Standing> byReport = new TreeMap<>();

    void put(String report, Standing now) {
        if (now.equals(Standing.NONE)) {
            byReport.remove(report);
        } else {
            byReport.put(report, now);
        }
    }

    /** By report. */
    Stream<UnshownReport> unshown() {
        return byReport.values().stream().flatMap(standing -> standing.unshown().stream());
    }

    /** By report. */
    Stream<LateReport> late() {
        return byReport.values().stream().flatMap(standing -> standing.late().stream());
    }
}
