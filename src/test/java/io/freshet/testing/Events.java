package io.freshet.testing;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that is told of a workspace.
 *
 * @param lineage the runs as OpenLineage has them; empty if that is told nowhere
 */
public record Events(
        List<Event> planned,
        List<Event> settled,
        List<Event> accepted,
        List<Event> finished,
        List<Event> rejected,
        Optional<List<Event>> lineage) {

    /** The ends of runs, and the rejections: one for each report of a batch. */
    Stream<Event> ends() {
        return Stream.concat(finished.stream(), rejected.stream());
    }

    /** Of runs and rejections. */
    Stream<Event> ofReports() {
        return Stream.concat(accepted.stream(), ends());
    }

    /** Without the runs and rejections of some reports. */
    Events without(Set<String> reports) {
        return new Events(
                planned,
                settled,
                others(accepted, reports),
                others(finished, reports),
                others(rejected, reports),
                lineage.map(all -> LineageTold.without(all, reports)));
    }

    private static List<Event> others(List<Event> all, Set<String> reports) {
        return all.stream().filter(event -> !reports.contains(event.report())).toList();
    }
}
