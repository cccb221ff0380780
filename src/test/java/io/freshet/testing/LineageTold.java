package io.freshet.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Each run that is told, and each rejection, has in OpenLineage exactly one START and one end, which says the same. */
final class LineageTold {

    private LineageTold() {}

    /** Of one workspace; empty if it is told nowhere. */
    static Optional<List<Event>> read(Observed observed) {
        return observed.tellsLineage()
                ? Optional.of(observed.read("lineage").stream()
                        .map(Event::of)
                        .filter(event ->
                                event.data().at("/job/namespace").asText().endsWith("/" + observed.account()))
                        .toList())
                : Optional.empty();
    }

    static List<Event> without(List<Event> events, Set<String> reports) {
        return events.stream().filter(event -> !reports.contains(token(event))).toList();
    }

    private static String token(Event event) {
        var name = event.data().at("/job/name").asText();
        return name.substring(name.indexOf('.') + 1);
    }

    static List<Broken> broken(History history) {
        return history.events().lineage().map(told -> broken(history, told)).orElse(List.of());
    }

    private static List<Broken> broken(History history, List<Event> told) {
        var due = new HashMap<String, Map<String, String>>();
        history.accepted().forEach(event -> due(due, event, "/runs/" + event.run(), "START"));
        history.finished().forEach(event -> due(due, event, "/runs/" + event.run(), end(event.text("outcome"))));
        history.rejected().forEach(event -> {
            due(due, event, "/rejections/" + event.id(), "START");
            due(due, event, "/rejections/" + event.id(), "FAIL");
        });
        var toldByRun = told.stream()
                .collect(Collectors.groupingBy(
                        event -> event.data().at("/run/runId").asText()));
        var broken = new ArrayList<Broken>();
        due.forEach((run, types) -> compare(run, types, toldByRun.getOrDefault(run, List.of()), broken));
        toldByRun.keySet().stream()
                .filter(run -> !due.containsKey(run))
                .forEach(run -> broken.add(Broken.soFar("lineage: run %s is told and nowhere else".formatted(run))));
        return broken;
    }

    /** @param due by the id of the run, each type of event with the name of the job */
    private static void due(Map<String, Map<String, String>> due, Event event, String run, String type) {
        var kind = event.isOfDataset() ? "datasets" : "reports";
        var id = UUID.nameUUIDFromBytes(
                (event.text("account") + "/" + kind + "/" + event.report() + run).getBytes(UTF_8));
        due.computeIfAbsent(id.toString(), first -> new HashMap<>()).put(type, kind + "." + event.report());
    }

    private static String end(String outcome) {
        return switch (outcome) {
            case "succeeded" -> "COMPLETE";
            case "failed" -> "FAIL";
            default -> "ABORT";
        };
    }

    private static void compare(String run, Map<String, String> due, List<Event> told, List<Broken> broken) {
        var counts = told.stream().collect(Collectors.groupingBy(LineageTold::type, Collectors.counting()));
        due.forEach((type, job) -> {
            var count = counts.getOrDefault(type, 0L);
            if (count != 1) {
                broken.add(new Broken("lineage: run %s of %s has %d %s".formatted(run, job, count, type), count > 1));
            }
        });
        told.forEach(event -> {
            if (!due.containsKey(type(event))) {
                broken.add(Broken.soFar("lineage: run %s has %s, and no such event".formatted(run, type(event))));
            } else if (!event.data().at("/job/name").asText().equals(due.get(type(event)))) {
                broken.add(Broken.forGood(
                        "lineage: run %s is of %s".formatted(run, event.data().at("/job/name"))));
            }
        });
    }

    private static String type(Event event) {
        return event.text("eventType");
    }
}
