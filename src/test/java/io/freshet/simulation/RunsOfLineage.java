package io.freshet.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.sandbox.Connection;
import io.freshet.sandbox.SandboxWorkspace;
import io.freshet.testing.Event;
import io.freshet.testing.History;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Runs of OpenLineage, which concern every workspace: they tell of their beginning, and of their end once or twice. */
final class RunsOfLineage {

    private static final String TOPIC = SimulatedTopics.NAMES.openlineage().orElseThrow();

    private final World world;
    private int runs;

    RunsOfLineage(World world) {
        this.world = world;
    }

    /** Each workspace has its data sources in the same places. */
    static void connect(SandboxWorkspace workspace) {
        for (var n = 1; n <= 2; n++) {
            workspace.connect("source" + n, new Connection("mysql", "host" + n, 3306, "shop"));
        }
    }

    void run() {
        var time = world.time();
        var run = "run-%d-%d".formatted(1 + time.random().nextInt(2), ++runs);
        append(run, "START");
        var end = time.chance(0.2) ? "FAIL" : "COMPLETE";
        for (var times = time.chance(0.3) ? 2 : 1; times > 0; times--) {
            append(run, end);
        }
    }

    private void append(String run, String type) {
        var event = """
                {"eventType": "%s", "eventTime": "2026-01-01T00:00:00Z", "run": {"runId": "%s"},
                 "job": {"namespace": "etl", "name": "load"},
                 "outputs": [{"namespace": "mysql://host%s:3306", "name": "shop.t"}]}""".formatted(type, run, number(run));
        var partition = runs % world.topics().partitions(TOPIC);
        world.topics().append(new ProducerRecord<>(TOPIC, partition, run.getBytes(UTF_8), event.getBytes(UTF_8)));
    }

    /** Of the data source that it writes to. */
    private static char number(String run) {
        return run.charAt("run-".length());
    }

    /** None missed, none twice, and none of a run that failed. */
    static List<String> broken(World world, History history) {
        var ended = new TreeSet<String>();
        world.topics().all(TOPIC).stream()
                .filter(record -> new String(record.value(), UTF_8).contains("COMPLETE"))
                .forEach(record -> ended.add(new String(record.key(), UTF_8)));
        var settled = history.events().settled().stream()
                .filter(event -> event.change().startsWith("/openlineage/"))
                .toList();
        var missed = ended.stream()
                .filter(run ->
                        settled.stream().filter(event -> isOf(run, event)).count() != 1)
                .map(run -> "lineage: run %s has not exactly one change of its data source".formatted(run));
        var strange = settled.stream()
                .filter(event -> ended.stream().noneMatch(run -> isOf(run, event)))
                .map(event -> "lineage: change %s is of no run that ended well".formatted(event.change()));
        return Stream.concat(missed, strange).toList();
    }

    private static boolean isOf(String run, Event settled) {
        return settled.change().contains(" " + run + "/source" + number(run) + "/");
    }
}
