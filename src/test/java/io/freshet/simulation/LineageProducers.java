package io.freshet.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Tools that tell of their runs as OpenLineage has it: in whatever order, twice, of several workspaces, and some of it no event. */
final class LineageProducers {

    static final String TOPIC = SimulatedTopics.NAMES.openlineage().orElseThrow();
    private static final List<String> ENDS = List.of("COMPLETE", "COMPLETE", "COMPLETE", "FAIL", "ABORT");
    private static final int LONGEST_RUN_MILLIS = 20_000;

    private final World world;
    private final VirtualTime time;
    private final Set<String> useless;
    private int runs;

    /** @param useless gets the places of what must become dead letters */
    LineageProducers(World world, Set<String> useless) {
        this.world = world;
        this.time = world.time();
        this.useless = useless;
    }

    static String host(String account, String source) {
        return source + "." + account + ".example";
    }

    /** A run from its start to its end, or without one of them. */
    void run() {
        var run = "run-" + ++runs;
        var outputs = outputs();
        var isSplit = outputs.size() > 1 && time.chance(0.3);
        var early = isSplit ? outputs.subList(0, 1) : time.chance(0.6) ? outputs : List.<String>of();
        // All that the end doesn't name was named before.
        var late = isSplit
                ? outputs.subList(1, outputs.size())
                : early.isEmpty() || time.chance(0.5) ? outputs : List.<String>of();
        var events = new ArrayList<String>();
        if (!early.isEmpty() || time.chance(0.5)) {
            events.add(event(run, "START", early));
        }
        if (time.chance(0.4)) {
            events.add(event(run, "RUNNING", early));
        }
        if (time.chance(0.9)) {
            events.add(event(run, ENDS.get(time.random().nextInt(ENDS.size())), late));
        }
        send(events);
    }

    /** In order and one after the other, or at any time; some twice. */
    private void send(List<String> events) {
        var isInOrder = time.chance(0.7);
        var partition = time.random().nextInt(world.topics().partitions(TOPIC));
        var at = Duration.ZERO;
        for (var event : events) {
            at = isInOrder
                    ? at.plus(time.millis(1, LONGEST_RUN_MILLIS / events.size()))
                    : time.millis(1, LONGEST_RUN_MILLIS);
            append(event, partition, at);
            if (time.chance(0.2)) {
                append(event, partition, at.plus(time.millis(0, LONGEST_RUN_MILLIS)));
            }
        }
    }

    private void append(String event, int partition, Duration after) {
        time.after(
                after, () -> world.topics().append(new ProducerRecord<>(TOPIC, partition, bytes("key"), bytes(event))));
    }

    void noEvent() {
        var text = time.chance(0.5) ? "{\"eventType\": \"COMPLETE\"" : "{\"data_source\": \"source1\"}";
        useless.add(Inputs.place(world.topics().append(new ProducerRecord<>(TOPIC, bytes(text)))));
    }

    /** Tables of one workspace, or of two, or of nobody's. */
    private List<String> outputs() {
        var accounts = List.copyOf(world.accounts());
        var tables = new TreeSet<String>();
        IntStream.rangeClosed(0, time.random().nextInt(3)).forEach(n -> {
            var account = accounts.get(time.random().nextInt(accounts.size()));
            var source = time.random().nextInt(20) == 0
                    ? "nobodys"
                    : "source" + (1 + time.random().nextInt(2));
            tables.add("{\"namespace\": \"postgres://%s:5432\", \"name\": \"shop.core.table%d\"}"
                    .formatted(host(account, source), 1 + time.random().nextInt(6)));
        });
        return List.copyOf(tables);
    }

    private String event(String run, String type, List<String> outputs) {
        return """
                {"eventType": "%s", "eventTime": "%s", "producer": "https://example.test/etl", "run": {"runId": "%s"}, \
                "job": {"namespace": "etl", "name": "load"}, "outputs": %s}""".formatted(type, time.now(), run, outputs.stream().collect(Collectors.joining(", ", "[", "]")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
