package io.freshet.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What Freshet remembers of a workspace, as its state topic says.
 *
 * @param reports where each report and dataset is last, by {@code account/token}
 * @param openChanges keys of the changes that are open
 * @param openBatches keys of the batches that are open
 */
public record Memory(List<Event> reports, List<String> openChanges, List<String> openBatches) {

    public static Memory of(List<ConsumerRecord<byte[], byte[]>> records, String account) {
        return new Memory(
                Stream.of("/reports/", "/datasets/")
                        .flatMap(kind -> lastOf(records, account + kind).entrySet().stream()
                                .map(last -> Event.of(last.getKey().replace(kind, "/"), last.getValue())))
                        .toList(),
                List.copyOf(lastOf(records, account + "/changes/").keySet()),
                lastOf(records, account + "/batches/").entrySet().stream()
                        .filter(last -> !Event.of(last.getValue()).text("state").equals("settled"))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** The last record of each key that begins so, without those that are gone. */
    private static Map<String, ConsumerRecord<byte[], byte[]>> lastOf(
            List<ConsumerRecord<byte[], byte[]>> records, String prefix) {
        var last = new TreeMap<String, ConsumerRecord<byte[], byte[]>>();
        records.forEach(record -> {
            var key = new String(record.key(), StandardCharsets.UTF_8);
            if (key.startsWith(prefix) && record.value() == null) {
                last.remove(key);
            } else if (key.startsWith(prefix)) {
                last.put(key, record);
            }
        });
        return last;
    }

    /** As if some reports had never been. */
    Memory without(Set<String> tokens) {
        return new Memory(
                reports.stream()
                        .filter(report ->
                                tokens.stream().noneMatch(token -> report.key().endsWith("/" + token)))
                        .toList(),
                openChanges,
                openBatches);
    }

    /** Whether it has settled, and no part of its refresh waits for a dataset. */
    static boolean isAtRest(Event report) {
        return report.text("state").equals("settled")
                && report.data().at("/history/awaiting").isEmpty();
    }

    /** Whether nothing is open. */
    public boolean isAtRest() {
        return openChanges.isEmpty()
                && openBatches.isEmpty()
                && reports.stream().allMatch(Memory::isAtRest);
    }
}
