package io.freshet.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Whether each report that was late is told as such once, and as late no longer once, and no other. */
final class LateTold {

    /** An owner's clock may be a minute behind, and its workspace may have been nobody's for a while. */
    private static final Duration AT_MOST = Duration.ofMinutes(2);

    private LateTold() {}

    static List<String> broken(World world, String account, List<ConsumerRecord<byte[], byte[]>> state) {
        var broken = new ArrayList<String>();
        var late = new HashSet<String>();
        for (var record : world.topics().all(SimulatedTopics.NAMES.freshnessChanged())) {
            var key = new String(record.key(), UTF_8);
            if (key.startsWith(account + "/")) {
                told(key, record, late, broken);
            }
        }
        var unshown = new LinkedHashMap<String, byte @Nullable []>();
        state.forEach(record -> unshown.put(new String(record.key(), UTF_8), record.value()));
        var remembered = new HashSet<String>();
        unshown.forEach((key, value) -> {
            if (key.startsWith(account + "/unshown/") && value != null) {
                remember(world, key, json(value), remembered, broken);
            }
        });
        if (!late.equals(remembered)) {
            broken.add("late: %s were told as late last, and %s are remembered so".formatted(late, remembered));
        }
        return broken;
    }

    private static void told(String key, ConsumerRecord<byte[], byte[]> record, Set<String> late, List<String> broken) {
        var type = new String(record.headers().lastHeader("ce_type").value(), UTF_8);
        var isBreach = type.equals("io.freshet.freshness-breached.v1");
        if (isBreach ? !late.add(key) : !late.remove(key)) {
            broken.add("late: %s was told of %s twice".formatted(type, key));
        }
        var event = json(record.value());
        var age = Duration.between(
                Instant.parse(event.at("/change/changed_at").asText()),
                Instant.parse(event.path("at").asText()));
        if (isBreach && age.toMillis() < event.path("within_seconds").asDouble() * 1_000) {
            broken.add("late: %s was told as late when its change was %s old".formatted(key, age));
        }
    }

    private static void remember(
            World world, String key, JsonNode unshown, Set<String> remembered, List<String> broken) {
        var report = key.replace("/unshown/", "/");
        unshown.path("breaches").forEach(breach -> remembered.add(report));
        var oldest = new HashMap<String, Instant>();
        unshown.path("parts")
                .forEach(part -> oldest.merge(
                        report,
                        Instant.parse(part.at("/oldest/changed_at").asText()),
                        (one, other) -> one.isBefore(other) ? one : other));
        var longAgo = world.time().now().minus(world.within()).minus(AT_MOST);
        if (!remembered.contains(report)
                && oldest.getOrDefault(report, Instant.MAX).isBefore(longAgo)) {
            broken.add("late: %s has been late for long, and that wasn't told".formatted(report));
        }
    }

    private static JsonNode json(byte[] value) {
        try {
            return JsonMapper.builder().build().readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
