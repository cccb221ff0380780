package io.freshet.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Every change is settled once. One that was refused and is sent again after that is taken anew; any other that is sent
 * again is known.
 */
final class SettledOnce {

    private final Map<String, List<Sent>> sentByChange;
    private final Map<String, List<Event>> settledByChange;
    private final List<Broken> broken = new ArrayList<>();

    private SettledOnce(History history) {
        this.sentByChange = history.sent().stream().collect(Collectors.groupingBy(Sent::identity));
        this.settledByChange = history.events().settled().stream()
                .sorted(Comparator.comparing(Event::writtenAt))
                .collect(Collectors.groupingBy(Event::change));
    }

    static List<Broken> broken(History history) {
        var once = new SettledOnce(history);
        var changes = new TreeSet<>(once.sentByChange.keySet());
        changes.addAll(once.settledByChange.keySet());
        changes.forEach(once::change);
        return once.broken;
    }

    private void change(String change) {
        var sent = sentByChange.getOrDefault(change, List.of());
        var settled = settledByChange.getOrDefault(change, List.of());
        if (settled.isEmpty()) {
            broken.add(Broken.soFar("settled: change %s was taken and never settled".formatted(change)));
        } else if (sent.isEmpty()) {
            broken.add(Broken.forGood("settled: change %s was settled and never sent".formatted(change)));
        } else {
            tooOften(change, sent, settled);
            settled.forEach(this::id);
            again(change, sent, settled.get(settled.size() - 1));
        }
    }

    private void tooOften(String change, List<Sent> sent, List<Event> settled) {
        var outcomes = settled.stream().map(event -> event.text("outcome")).toList();
        var mayBeAgain = outcomes.subList(0, outcomes.size() - 1).stream().allMatch("refused"::equals);
        if (!mayBeAgain || settled.size() > sent.size()) {
            broken.add(Broken.forGood("settled: change %s was sent %d times and settled %d times: %s"
                    .formatted(change, sent.size(), settled.size(), outcomes)));
        }
    }

    private void id(Event settled) {
        if (!settled.id().startsWith(settled.text("batch") + "/")) {
            broken.add(Broken.forGood("settled: change %s was settled with batch %s as event %s"
                    .formatted(settled.change(), settled.text("batch"), settled.id())));
        }
    }

    private void again(String change, List<Sent> sent, Event last) {
        if (last.text("outcome").equals("refused")
                && sent.stream().anyMatch(one -> one.at().isAfter(last.writtenAt()))) {
            broken.add(Broken.soFar(
                    "settled: change %s was sent again after it was refused, and not settled since".formatted(change)));
        }
    }
}
