package io.freshet.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.testing.Event;
import io.freshet.testing.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A dataset that is left out as not mentioned mentions no table of any change of its batch. */
final class Unmentioned {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world;
    private final Map<String, Set<String>> tablesByChange = new HashMap<>();
    private final Map<String, Set<String>> changesByBatch = new HashMap<>();

    private Unmentioned(World world, History history, Map<String, Set<String>> tablesOfRuns) {
        this.world = world;
        tablesByChange.putAll(tablesOfRuns);
        world.topics()
                .all(SimulatedTopics.NAMES.upstreamDataChanged())
                .forEach(record -> tablesByChange.putIfAbsent(identity(record), tables(record)));
        history.events().settled().forEach(settled -> settled.batches().forEach(batch -> changesByBatch
                .computeIfAbsent(batch, first -> new TreeSet<>())
                .add(settled.change())));
    }

    /** @param tablesOfRuns by change that a run of OpenLineage has led to */
    static List<String> broken(World world, History history, Map<String, Set<String>> tablesOfRuns) {
        var unmentioned = new Unmentioned(world, history, tablesOfRuns);
        return history.events().planned().stream().flatMap(unmentioned::of).toList();
    }

    private Stream<String> of(Event plan) {
        return plan.all("left_out").stream()
                .filter(one -> one.path("reason").asText().equals("not_mentioned"))
                .map(one -> one.path("token").asText())
                .flatMap(dataset -> plan.batches().stream()
                        .flatMap(batch -> changesByBatch.getOrDefault(batch, Set.of()).stream())
                        .filter(change -> isMeant(dataset, tablesByChange.getOrDefault(change, Set.of())))
                        .map(change -> "covered: %s is left out as not mentioned of change %s, which is for it"
                                .formatted(dataset, change)));
    }

    /** A change without tables is for all; SQL with a template that isn't defined counts as reading all. */
    private boolean isMeant(String dataset, Set<String> tables) {
        var sql = world.sql(Integer.parseInt(dataset.substring("dataset".length())))
                .replace("{{ @defined }}", World.DEFINED);
        return tables.isEmpty()
                || sql.contains("{{")
                || tables.stream()
                        .map(table -> table.replaceFirst("^shop\\.", ""))
                        .anyMatch(table -> List.of(sql.split("[ ,]+")).contains(table));
    }

    private static Set<String> tables(ConsumerRecord<byte[], byte[]> record) {
        var tables = new TreeSet<String>();
        json(record).ifPresent(change -> change.path("tables").forEach(table -> tables.add(table.asText())));
        return tables;
    }

    private static Optional<JsonNode> json(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(JSON.readTree(record.value()));
        } catch (IOException e) {
            return Optional.empty(); // one that is of no use
        }
    }

    private static String identity(ConsumerRecord<byte[], byte[]> record) {
        var id = record.headers().lastHeader("ce_id");
        return id == null
                ? "/kafka/%s %s/%d"
                        .formatted(
                                SimulatedTopics.NAMES.upstreamDataChanged(), Inputs.place(record), record.timestamp())
                : "/etl " + new String(id.value(), StandardCharsets.UTF_8);
    }
}
