package io.freshet.testing;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** In the end the memory holds nothing open, and it knows every report that was told of. */
final class AtRest {

    private AtRest() {}

    static List<Broken> broken(History history) {
        var open = history.memory().reports().stream()
                .filter(state -> !Memory.isAtRest(state))
                .map(state -> Broken.soFar("at rest: report %s is %s".formatted(state.key(), state.text("state"))));
        var batches = history.memory().openBatches().stream()
                .map(batch -> Broken.soFar("at rest: batch %s is open".formatted(batch)));
        var changes = history.memory().openChanges().stream()
                .map(change -> Broken.soFar("at rest: change %s is open".formatted(change)));
        return Stream.of(open, changes, batches, forgotten(history))
                .flatMap(all -> all)
                .toList();
    }

    private static Stream<Broken> forgotten(History history) {
        var told = Stream.of(history.accepted(), history.rejected())
                .flatMap(List::stream)
                .map(Event::key)
                .collect(Collectors.toCollection(HashSet::new));
        history.memory().reports().forEach(state -> told.remove(state.key()));
        return told.stream()
                .sorted()
                .map(report -> Broken.soFar("at rest: report %s was told of and is forgotten".formatted(report)));
    }
}
