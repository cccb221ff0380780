package io.freshet.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Every report of a batch has one end, and the changes are settled when the last of them is told. */
final class SettledLast {

    /** Records of one transaction may be written in any order, and no further apart. */
    private static final Duration TOGETHER = Duration.ofSeconds(2);

    private final Batch batch;
    private final List<Broken> broken = new ArrayList<>();

    private SettledLast(Batch batch) {
        this.batch = batch;
    }

    static List<Broken> broken(History history) {
        return Batch.all(history).stream()
                .flatMap(batch -> new SettledLast(batch).found().stream())
                .toList();
    }

    private List<Broken> found() {
        ends();
        batch.ends().stream().max(Comparator.comparing(Event::writtenAt)).ifPresent(last -> batch.settled().stream()
                .filter(settled -> isBefore(settled, last))
                .forEach(settled -> tooEarly(settled, last)));
        return broken;
    }

    private void ends() {
        var endsByReport = batch.endsByReport();
        var planned = batch.reports();
        var reports = new TreeSet<>(planned);
        reports.addAll(endsByReport.keySet());
        for (var report : reports) {
            var ends = endsByReport.getOrDefault(report, List.of()).size();
            if (ends != 1) {
                broken.add(new Broken("settled: report %s of %s has %d ends".formatted(report, batch, ends), ends > 1));
            } else if (batch.isWhole() && !planned.contains(report)) {
                broken.add(Broken.forGood(
                        "settled: report %s has an end for %s, whose plan doesn't name it".formatted(report, batch)));
            }
        }
    }

    /** Mode's clock, which times of runs are by, may be another than Freshet's: alone it proves nothing. */
    private static boolean isBefore(Event settled, Event end) {
        var lead = Duration.between(settled.writtenAt(), end.writtenAt());
        var endedAt = end.data().has("finished_at") ? end.text("finished_at") : end.text("rejected_at");
        return lead.compareTo(TOGETHER) > 0
                || (!lead.isNegative()
                        && !lead.isZero()
                        && Instant.parse(settled.text("settled_at")).isBefore(Instant.parse(endedAt)));
    }

    private void tooEarly(Event settled, Event end) {
        broken.add(Broken.forGood("settled: change %s was settled with batch %s before report %s had ended"
                .formatted(settled.change(), batch.number(), end.report())));
    }
}
