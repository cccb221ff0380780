package io.freshet.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All that is told of one batch.
 *
 * @param planned its plan, in one or more parts
 * @param settled one for each of its changes
 * @param accepted the runs that carry it
 * @param ends of these runs, and the rejections
 */
record Batch(String number, List<Event> planned, List<Event> settled, List<Event> accepted, List<Event> ends) {

    private Batch(String number) {
        this(number, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** Every batch that anything is told of. */
    static Collection<Batch> all(History history) {
        return byNumber(history).values();
    }

    static Map<String, Batch> byNumber(History history) {
        var batches = new TreeMap<String, Batch>();
        var events = history.events();
        sort(events.planned(), batches, Batch::planned);
        sort(events.settled(), batches, Batch::settled);
        sort(events.accepted(), batches, Batch::accepted);
        sort(events.ends().toList(), batches, Batch::ends);
        return batches;
    }

    private static void sort(List<Event> events, Map<String, Batch> batches, Function<Batch, List<Event>> kind) {
        events.forEach(
                event -> event.batches().forEach(number -> kind.apply(batches.computeIfAbsent(number, Batch::new))
                        .add(event)));
    }

    /** Nothing was planned for it, because Mode knows nothing of what it names. */
    boolean isRefused() {
        return settled.stream().anyMatch(event -> event.text("outcome").equals("refused"));
    }

    /** Whether all parts of its plan are told. */
    boolean isWhole() {
        return !planned.isEmpty() && missingParts().isEmpty();
    }

    /** Numbers of parts that are not told; of the last only that it is missing. */
    Set<Integer> missingParts() {
        var parts = planned.stream()
                .filter(event -> event.data().has("part"))
                .map(event -> event.data().path("part").asInt())
                .collect(Collectors.toCollection(TreeSet::new));
        if (parts.isEmpty()) {
            return Set.of();
        }
        var last = planned.stream()
                .mapToInt(event -> event.data().path("parts").asInt())
                .max()
                .orElse(0);
        var missing = IntStream.rangeClosed(1, last == 0 ? parts.last() + 1 : last)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
        missing.removeAll(parts);
        return missing;
    }

    /** The reports that its plan names. */
    Set<String> reports() {
        return tokens("reports");
    }

    Set<String> datasets() {
        return tokens("datasets");
    }

    private Set<String> tokens(String field) {
        return planned.stream()
                .flatMap(part -> part.tokens(field).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What its plan names and leaves out. */
    int leftOut() {
        return planned.stream().mapToInt(part -> part.all("left_out").size()).sum();
    }

    int changesCount() {
        return planned.get(0).changesCount();
    }

    Map<String, List<Event>> endsByReport() {
        return ends.stream().filter(end -> !end.isOfDataset()).collect(Collectors.groupingBy(Event::report));
    }

    /** Whether its plan may run the dataset, before its reports or because somebody asked for the dataset itself. */
    boolean runsFirst(String dataset) {
        return datasets().contains(dataset)
                && planned.stream()
                        .anyMatch(part -> part.data().path("datasets_first").asBoolean()
                                || part.text("report_token").equals(dataset))
                && planned.stream().noneMatch(part -> part.tokens("left_out").contains(dataset));
    }

    private boolean haveDatasetsEnded() {
        var ended = ends.stream().filter(Event::isOfDataset).map(Event::report).collect(Collectors.toSet());
        return accepted.stream().filter(Event::isOfDataset).allMatch(run -> ended.contains(run.report()));
    }

    /** Whether its plan is told, and one end for each of its reports and of the datasets that were run, and no other. */
    boolean hasAllEnds() {
        var byReport = endsByReport();
        return isWhole()
                && haveDatasetsEnded()
                && byReport.keySet().equals(reports())
                && byReport.values().stream().allMatch(one -> one.size() == 1);
    }

    /** Its number and its changes, as far as they are known. */
    @Override
    public String toString() {
        var changes = new TreeSet<String>();
        settled.forEach(event -> changes.add(event.change()));
        planned.forEach(event -> changes.addAll(event.changes()));
        ends.forEach(event -> changes.addAll(event.changes()));
        return "batch %s (%s)".formatted(number, some(changes));
    }

    private static String some(Set<String> changes) {
        var first = changes.stream().limit(3).collect(Collectors.joining(", "));
        return changes.size() > 3 ? first + " …" : first;
    }
}
