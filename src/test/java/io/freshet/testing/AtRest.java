package io.freshet.testing;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** In the end the memory holds nothing open, and it knows every report that was told of. */
final class AtRest {

    private AtRest() {}

    static List<Broken> broken(History history) {
        var open = history.states().stream()
                .filter(state -> !state.text("state").equals("settled"))
                .map(state -> Broken.soFar("at rest: report %s is %s".formatted(state.key(), state.text("state"))));
        var changes = history.openChanges().stream()
                .map(change -> Broken.soFar("at rest: change %s is open".formatted(change)));
        return Stream.of(open, changes, forgotten(history)).flatMap(all -> all).toList();
    }

    private static Stream<Broken> forgotten(History history) {
        var told = Stream.of(history.accepted(), history.rejected())
                .flatMap(List::stream)
                .map(Event::key)
                .collect(Collectors.toCollection(HashSet::new));
        history.states().forEach(state -> told.remove(state.key()));
        return told.stream()
                .sorted()
                .map(report -> Broken.soFar("at rest: report %s was told of and is forgotten".formatted(report)));
    }
}
