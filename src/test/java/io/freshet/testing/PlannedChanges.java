package io.freshet.testing;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The plan of a batch names its changes, and says rightly how many they are. */
final class PlannedChanges {

    /** Of more, the oldest and the newest are listed. */
    private static final int LISTED = 20;

    private PlannedChanges() {}

    static List<Broken> broken(History history) {
        return Batch.all(history).stream()
                .filter(batch -> !batch.planned().isEmpty())
                .flatMap(PlannedChanges::wrong)
                .toList();
    }

    private static Stream<Broken> wrong(Batch batch) {
        var settled = batch.settled().stream().map(Event::change).collect(Collectors.toCollection(TreeSet::new));
        return batch.planned().stream()
                .flatMap(
                        part -> Stream.of(list(batch, part), others(batch, part, settled), count(batch, part, settled)))
                .flatMap(found -> found);
    }

    private static Stream<Broken> list(Batch batch, Event part) {
        var listed = part.all("changes").size();
        return listed == Math.min(part.changesCount(), LISTED)
                ? Stream.empty()
                : Stream.of(Broken.forGood("planned: the plan of %s lists %d changes and counts %d"
                        .formatted(batch, listed, part.changesCount())));
    }

    private static Stream<Broken> others(Batch batch, Event part, Set<String> settled) {
        return part.changesCount() > LISTED
                ? Stream.empty()
                : settled.stream()
                        .filter(change -> !part.changes().contains(change))
                        .map(change ->
                                Broken.forGood("planned: change %s was settled with %s, whose plan doesn't name it"
                                        .formatted(change, batch)));
    }

    private static Stream<Broken> count(Batch batch, Event part, Set<String> settled) {
        return part.changesCount() == settled.size()
                ? Stream.empty()
                : Stream.of(new Broken(
                        "planned: the plan of %s counts %d changes, and %d are settled"
                                .formatted(batch, part.changesCount(), settled.size()),
                        settled.size() > part.changesCount()));
    }
}
