package io.freshet.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What runs of OpenLineage must lead to in one workspace: the intake passes on every event, and a run that ended well changes each
 * data source that it wrote to, with all its tables, and once.
 */
final class LineageVerdict {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOURCE = "/openlineage/";

    /** An event as it is written; who reads it needs its place. */
    private record Told(String place, String run, String phase, Map<String, Set<String>> tablesBySource) {}

    private final String account;
    private final List<String> broken = new ArrayList<>();
    /** Of the workspace's data sources, by run and data source; one change each. */
    private final Map<String, List<Set<String>>> opened = new LinkedHashMap<>();

    private final Map<String, List<Told>> heard = new TreeMap<>();

    private LineageVerdict(String account) {
        this.account = account;
    }

    static List<String> broken(World world, String account, List<ConsumerRecord<byte[], byte[]>> state) {
        var verdict = new LineageVerdict(account);
        verdict.open(state);
        verdict.hear(world);
        verdict.heard.forEach(verdict::judge);
        verdict.withoutARun();
        return verdict.broken;
    }

    /** Whether no run that has ended well waits to become changes. */
    static boolean isAtRest(List<ConsumerRecord<byte[], byte[]>> state) {
        var ended = new HashSet<String>();
        state.forEach(record -> {
            var key = new String(record.key(), UTF_8);
            if (record.value() != null
                    && key.contains("/lineage/")
                    && json(record).has("completed_at")) {
                ended.add(key);
            } else {
                ended.remove(key);
            }
        });
        return ended.isEmpty();
    }

    /** The tables of each change that a run has led to, by its identity. */
    static Map<String, Set<String>> tablesByChange(List<ConsumerRecord<byte[], byte[]>> state) {
        var tables = new LinkedHashMap<String, Set<String>>();
        state.stream()
                .filter(record -> record.value() != null && new String(record.key(), UTF_8).contains("/changes/"))
                .map(LineageVerdict::json)
                .filter(change -> change.at("/source").asText().startsWith(SOURCE))
                .forEach(change -> tables.put(
                        change.at("/source").asText() + " " + change.at("/id").asText(), texts(change.path("tables"))));
        return tables;
    }

    private void open(List<ConsumerRecord<byte[], byte[]>> state) {
        tablesByChange(state).forEach((change, tables) -> {
            var id = change.substring(change.indexOf(' ') + 1);
            opened.computeIfAbsent(id.substring(0, id.lastIndexOf('/')), first -> new ArrayList<>())
                    .add(tables);
        });
    }

    /** In the order in which the owner reads them, which may not be that of the topic. */
    private void hear(World world) {
        var toldByPlace = new HashMap<String, Told>();
        world.topics().all(LineageProducers.TOPIC).forEach(record -> told(record, toldByPlace));
        var unheard = new TreeSet<>(toldByPlace.keySet());
        world.topics().all(SimulatedTopics.NAMES.inbox()).stream()
                .filter(record -> new String(record.key(), UTF_8).startsWith(account + "/lineage/"))
                .map(LineageVerdict::json)
                .map(event -> event.path("topic").asText() + "/"
                        + event.path("partition").asInt() + "/"
                        + event.path("offset").asLong())
                .forEach(place -> {
                    var told = toldByPlace.get(place);
                    unheard.remove(place);
                    if (told != null) {
                        heard.computeIfAbsent(told.run(), first -> new ArrayList<>())
                                .add(told);
                    }
                });
        unheard.forEach(place -> say("event %s has not come to the inbox".formatted(place)));
    }

    private void told(ConsumerRecord<byte[], byte[]> record, Map<String, Told> toldByPlace) {
        JsonNode event;
        try {
            event = JSON.readTree(record.value());
        } catch (IOException e) {
            return; // no event, as it is meant
        }
        var isEnd = Set.of("COMPLETE", "FAIL", "ABORT")
                .contains(event.path("eventType").asText());
        if (event.has("run") && (isEnd || !event.path("outputs").isEmpty())) {
            var place = Inputs.place(record);
            toldByPlace.put(
                    place,
                    new Told(
                            place,
                            event.at("/run/runId").asText(),
                            event.path("eventType").asText(),
                            tables(event)));
        }
    }

    private Map<String, Set<String>> tables(JsonNode event) {
        var tables = new TreeMap<String, Set<String>>();
        for (var output : event.path("outputs")) {
            for (var source : List.of("source1", "source2")) {
                if (output.path("namespace")
                        .asText()
                        .equals("postgres://" + LineageProducers.host(account, source) + ":5432")) {
                    tables.computeIfAbsent(source, first -> new TreeSet<>())
                            .add(output.path("name").asText());
                }
            }
        }
        return tables;
    }

    private void judge(String run, List<Told> events) {
        for (var source : List.of("source1", "source2")) {
            var changes = opened.getOrDefault(run + "/" + source, List.of());
            var changed = new TreeSet<String>();
            changes.forEach(changed::addAll);
            var missed = new TreeSet<>(due(source, events));
            missed.removeAll(changed);
            missed.forEach(table -> say("run %s wrote %s of %s, and nothing says so".formatted(run, table, source)));
            var most = mostChanges(source, events);
            if (changes.size() > most) {
                say("run %s has led to %d changes of %s: %s".formatted(run, changes.size(), source, changes));
            }
        }
    }

    /** What was known to be written when the run was heard to have ended well. */
    private static Set<String> due(String source, List<Told> events) {
        var due = new TreeSet<String>();
        var known = new TreeSet<String>();
        for (var event : events) {
            known.addAll(event.tablesBySource().getOrDefault(source, Set.of()));
            if (event.phase().equals("COMPLETE")) {
                due.addAll(known);
            } else if (!Set.of("START", "RUNNING").contains(event.phase())) {
                known.clear();
            }
        }
        return due;
    }

    /**
     * One for each end by which more is known to be written than by the ends before, however often it is told (ADR 43). An end
     * waits until it is matched: what is heard meanwhile counts for it.
     */
    private static long mostChanges(String source, List<Told> events) {
        var known = new TreeSet<String>();
        var sinceAnEnd = new HashSet<Set<String>>();
        var hasEnded = false;
        for (var event : events) {
            known.addAll(event.tablesBySource().getOrDefault(source, Set.of()));
            hasEnded = hasEnded || event.phase().equals("COMPLETE");
            if (hasEnded && !known.isEmpty()) {
                sinceAnEnd.add(Set.copyOf(known));
            }
        }
        return sinceAnEnd.size();
    }

    private void withoutARun() {
        opened.keySet().stream()
                .filter(one -> !heard.containsKey(one.substring(0, one.indexOf('/'))))
                .forEach(one -> say("a change of %s comes from no run".formatted(one)));
    }

    private void say(String sentence) {
        broken.add("lineage: " + sentence);
    }

    private static Set<String> texts(JsonNode array) {
        var texts = new TreeSet<String>();
        array.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
