package io.freshet.view;

import io.freshet.event.BatchKey;
import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How the last runs and requests ended, by time: no more of them than a number, a size and an age. Plain Java. */
final class RunHistory {

    static final int MOST = 10_000;
    static final Duration OLDEST = Duration.ofHours(24);

    private final int most;
    private final int mostCharacters;
    private final List<ToldEvent> oldestFirst = new ArrayList<>();
    private long characters;

    RunHistory(int most, int mostCharacters) {
        this.most = most;
        this.mostCharacters = mostCharacters;
    }

    /** In its place: events come nearly in order, but for those of the past, which come partition by partition. */
    void add(ToldEvent event, Instant now) {
        oldestFirst.add(placeOf(event.at()), event);
        characters += event.characters();
        forget(now.minus(OLDEST));
    }

    private int placeOf(Instant at) {
        var from = 0;
        var to = oldestFirst.size();
        while (from < to) {
            var middle = (from + to) >>> 1;
            if (oldestFirst.get(middle).at().isAfter(at)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    private void forget(Instant before) {
        var gone = 0;
        while (gone < oldestFirst.size() && isTooMuch(gone, before)) {
            characters -= oldestFirst.get(gone).characters();
            gone++;
        }
        oldestFirst.subList(0, gone).clear();
    }

    private boolean isTooMuch(int gone, Instant before) {
        return oldestFirst.size() - gone > most
                || characters > mostCharacters
                || oldestFirst.get(gone).at().isBefore(before);
    }

    /** How reports and datasets ended for the batch, as far as that is still known. */
    Map<ReportKey, Outcome> ends(BatchKey batch) {
        var ends = new HashMap<ReportKey, Outcome>();
        newestFirst(batch)
                .flatMap(event -> event.end().stream())
                .forEach(end -> ends.putIfAbsent(end.report(), end.outcome()));
        return ends;
    }

    /** Those that were for changes of the batch. */
    Stream<ToldEvent> newestFirst(BatchKey batch) {
        return newestFirst()
                .filter(event -> event.account().equals(batch.account())
                        && event.end()
                                .filter(end -> end.batches().contains(batch.number()))
                                .isPresent());
    }

    /** How the last runs of a report or dataset ended, the newest first. */
    Stream<ToldEvent> runs(ReportKey report) {
        return newestFirst()
                .filter(event -> event.kind() == ToldEvent.Kind.FINISHED
                        && event.account().equals(report.account())
                        && event.report().equals(report.reportToken()));
    }

    Stream<ToldEvent> newestFirst() {
        var size = oldestFirst.size();
        return Stream.iterate(size - 1, place -> place >= 0, place -> place - 1).map(oldestFirst::get);
    }
}
