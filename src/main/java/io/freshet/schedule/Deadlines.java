package io.freshet.schedule;

import io.freshet.event.ReportKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** When something is due for which report. Plain Java, for one thread at a time. */
public final class Deadlines {

    private final Map<ReportKey, Instant> byReport = new HashMap<>();
    private final TreeMap<Instant, Set<ReportKey>> byTime = new TreeMap<>();

    /** Replaces what was set for the report before; empty takes it back. */
    public void set(ReportKey report, Optional<Instant> at) {
        var before = byReport.remove(report);
        if (before != null) {
            byTime.computeIfPresent(
                    before, (time, reports) -> reports.remove(report) && reports.isEmpty() ? null : reports);
        }
        at.ifPresent(time -> {
            byReport.put(report, time);
            byTime.computeIfAbsent(time, first -> new LinkedHashSet<>()).add(report);
        });
    }

    public Optional<Instant> next() {
        return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.firstKey());
    }

    /** Those that are due, the earliest first; nothing is due for them from now on. */
    public List<ReportKey> take(Instant now) {
        var due = new ArrayList<ReportKey>();
        byTime.headMap(now, true).values().forEach(due::addAll);
        due.forEach(report -> set(report, Optional.empty()));
        return due;
    }

    public void forget(Predicate<String> accounts) {
        byReport.keySet().stream()
                .filter(report -> accounts.test(report.account()))
                .toList()
                .forEach(report -> set(report, Optional.empty()));
    }
}
