package io.freshet.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Every run and rejection is for batches that were planned, counts their changes, and no batch has two of a report. */
final class Carried {

    private final Map<String, Batch> batches;
    private final List<Broken> broken = new ArrayList<>();

    private Carried(History history) {
        this.batches = Batch.byNumber(history);
    }

    static List<Broken> broken(History history) {
        var carried = new Carried(history);
        var events = history.events();
        events.ofReports().forEach(carried::event);
        carried.sameAtTheEnd(events.accepted(), events.finished());
        carried.twice(events.accepted());
        return carried.broken;
    }

    private void event(Event event) {
        if (event.batches().isEmpty()) {
            broken.add(Broken.forGood("carried: %s is for no batch".formatted(name(event))));
        } else if (event.batches().stream().allMatch(number -> batch(number).isWhole())) {
            var count = event.batches().stream()
                    .mapToInt(number -> batch(number).changesCount())
                    .sum();
            if (event.changesCount() != count) {
                broken.add(Broken.forGood("carried: %s counts %d changes, and its batches %s have %d"
                        .formatted(name(event), event.changesCount(), event.batches(), count)));
            }
        }
    }

    private Batch batch(String number) {
        return Objects.requireNonNull(batches.get(number), number);
    }

    private static String name(Event event) {
        var what = event.run().isEmpty() ? "the rejection" : "run " + event.run();
        return "%s of report %s for %s".formatted(what, event.report(), event.changes());
    }

    private void sameAtTheEnd(List<Event> accepted, List<Event> finished) {
        var batchesByRun = new HashMap<String, Set<String>>();
        accepted.forEach(event -> batchesByRun.put(event.run(), event.batches()));
        for (var event : finished) {
            var before = batchesByRun.getOrDefault(event.run(), event.batches());
            if (!before.equals(event.batches())) {
                broken.add(Broken.forGood("carried: %s was accepted for batches %s and finished for %s"
                        .formatted(name(event), before, event.batches())));
            }
        }
    }

    private void twice(List<Event> accepted) {
        var seen = new HashSet<String>();
        for (var event : accepted) {
            for (var number : event.batches()) {
                if (!seen.add(event.report() + " " + number)) {
                    broken.add(Broken.forGood("carried: %s is one more for batch %s".formatted(name(event), number)));
                }
            }
        }
    }
}
