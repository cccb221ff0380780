package io.freshet.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What producers write into the public topics: changes and refreshes, some of them twice, some of no use. */
final class Inputs {

    private final World world;
    private final VirtualTime time;
    private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
    private final Set<String> useless = new TreeSet<>();
    private int changes;

    Inputs(World world) {
        this.world = world;
        this.time = world.time();
    }

    /** The places of those that must become dead letters, and of no others. */
    Set<String> useless() {
        return useless;
    }

    void change() {
        change(oneOf(List.copyOf(world.accounts())), target());
    }

    /** Very many of one target. */
    void burst(int count) {
        var account = oneOf(List.copyOf(world.accounts()));
        var target = "\"data_source\": \"source" + (1 + time.random().nextInt(2)) + "\"";
        IntStream.range(0, count).forEach(n -> change(account, target));
    }

    void again() {
        if (!sent.isEmpty()) {
            append(sent.get(time.random().nextInt(sent.size())));
        }
    }

    void refresh() {
        var account = oneOf(List.copyOf(world.accounts()));
        var workspace = world.mode(account).sandbox().workspace();
        var reports = world.mode(account).visibleReports();
        if (reports.isEmpty()) {
            return;
        }
        var report = oneOf(reports);
        var datasets = workspace.datasetsOf(report);
        var named = datasets.isEmpty() || time.chance(0.5)
                ? ""
                : ", \"dataset_tokens\": [\"" + oneOf(List.copyOf(datasets)) + "\"]";
        send(
                SimulatedTopics.NAMES.refreshRequested(),
                "io.freshet.refresh-requested.v1",
                "{\"account\": \"%s\", \"report_token\": \"%s\"%s}".formatted(account, report, named));
    }

    void unusable() {
        var account = oneOf(List.copyOf(world.accounts()));
        var topic = SimulatedTopics.NAMES.upstreamDataChanged();
        var text =
                switch (time.random().nextInt(5)) {
                    case 0 -> "no JSON";
                    case 1 -> "{\"account\": \"nobody\", \"data_source\": \"source1\"}";
                    case 2 -> "{\"account\": \"%s\", \"data_source\": \"../x\"}".formatted(account);
                    case 3 ->
                        "{\"account\": \"%s\", \"data_source\": \"source%d\"}"
                                .formatted(account, 3 + time.random().nextInt(3));
                    default ->
                        "{\"account\": \"%s\", \"datasets\": [%s]}"
                                .formatted(
                                        account,
                                        IntStream.range(0, 600)
                                                .mapToObj(n -> "\"%040d\"".formatted(n))
                                                .collect(Collectors.joining(", ")));
                };
        useless.add(place(append(new ProducerRecord<>(topic, bytes(text)))));
    }

    private void change(String account, String target) {
        send(
                SimulatedTopics.NAMES.upstreamDataChanged(),
                "io.freshet.data-changed.v1",
                "{\"account\": \"%s\", %s%s}"
                        .formatted(account, target, time.chance(0.1) ? ", \"reason\": \"backfill\"" : ""));
    }

    private String target() {
        var number = 1 + time.random().nextInt(2);
        return switch (time.random().nextInt(3)) {
            case 0 -> "\"data_source\": \"source" + number + "\"" + (time.chance(0.5) ? tables() : "");
            case 1 -> "\"space\": \"space" + number + "\"";
            default -> "\"datasets\": [\"dataset1\", \"dataset" + number + "\"]";
        };
    }

    private String tables() {
        return IntStream.rangeClosed(0, time.random().nextInt(2))
                .mapToObj(n -> "\"core.table" + (1 + time.random().nextInt(7)) + "\"")
                .collect(Collectors.joining(", ", ", \"tables\": [", "]"));
    }

    private void send(String topic, String type, String data) {
        var record = new ProducerRecord<byte[], byte[]>(topic, bytes(data));
        if (time.chance(0.7)) {
            header(record, "ce_specversion", "1.0");
            header(record, "ce_type", type);
            header(record, "ce_source", "/etl");
            header(record, "ce_id", "change-" + ++changes);
            sent.add(record);
        }
        append(record);
    }

    private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, bytes(value));
    }

    private ConsumerRecord<byte[], byte[]> append(ProducerRecord<byte[], byte[]> record) {
        return world.topics().append(record);
    }

    static String place(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "/" + record.partition() + "/" + record.offset();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private <T> T oneOf(List<T> all) {
        return all.get(time.random().nextInt(all.size()));
    }
}
