package io.freshet.testing;

import io.freshet.sandbox.SandboxRun;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every run that Mode started for us has exactly one run-accepted and one run-finished, in this order. */
final class Told {

    private Told() {}

    static List<Broken> broken(History history) {
        var broken = new ArrayList<Broken>();
        runs(history, broken);
        unique("run-accepted", history.accepted(), broken);
        unique("run-finished", history.finished(), broken);
        unique("run-rejected", history.rejected(), broken);
        return broken;
    }

    private static void runs(History history, List<Broken> broken) {
        var acceptedByRun = history.accepted().stream().collect(Collectors.groupingBy(Event::run));
        var finishedByRun = history.finished().stream().collect(Collectors.groupingBy(Event::run));
        var started = history.runs().stream().map(SandboxRun::token).collect(Collectors.toSet());
        var known = new HashSet<>(started);
        known.addAll(acceptedByRun.keySet());
        known.addAll(finishedByRun.keySet());
        for (var run : known) {
            var begun = acceptedByRun.getOrDefault(run, List.of());
            var ended = finishedByRun.getOrDefault(run, List.of());
            if (!started.contains(run)) {
                broken.add(new Broken("told: run %s was told and Mode knows none".formatted(run), !begun.isEmpty()));
            }
            if (begun.size() != 1 || ended.size() != 1) {
                broken.add(new Broken(
                        "told: run %s has %d run-accepted and %d run-finished"
                                .formatted(run, begun.size(), ended.size()),
                        begun.size() > 1 || ended.size() > 1));
            } else if (begun.get(0).writtenAt().isAfter(ended.get(0).writtenAt())) {
                broken.add(Broken.forGood("told: run %s was finished before it was accepted".formatted(run)));
            } else if (!begun.get(0).changes().equals(ended.get(0).changes())) {
                broken.add(
                        Broken.forGood("told: run %s was accepted and finished for different changes".formatted(run)));
            }
        }
    }

    private static void unique(String topic, List<Event> events, List<Broken> broken) {
        Map<String, Long> byId = events.stream()
                .map(Event::id)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        byId.forEach((id, count) -> {
            if (count > 1) {
                broken.add(Broken.forGood("told: %s has event %s %d times".formatted(topic, id, count)));
            }
        });
    }
}
