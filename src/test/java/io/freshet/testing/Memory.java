package io.freshet.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
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
        var last = lastOf(records, account + "/");
        return new Memory(
                Stream.of("/reports/", "/datasets/")
                        .flatMap(kind -> within(last, account + kind)
                                .map(one -> Event.of(one.getKey().replace(kind, "/"), one.getValue())))
                        .toList(),
                within(last, account + "/changes/").map(Map.Entry::getKey).toList(),
                within(last, account + "/batches/")
                        .filter(one -> !Event.of(one.getValue()).text("state").equals("settled"))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** The last record of each key that begins so, without those that are gone. */
    private static NavigableMap<String, ConsumerRecord<byte[], byte[]>> lastOf(
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

    private static Stream<Map.Entry<String, ConsumerRecord<byte[], byte[]>>> within(
            NavigableMap<String, ConsumerRecord<byte[], byte[]>> last, String prefix) {
        return last.tailMap(prefix).entrySet().stream()
                .takeWhile(one -> one.getKey().startsWith(prefix));
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
