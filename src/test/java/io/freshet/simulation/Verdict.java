package io.freshet.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.testing.Event;
import io.freshet.testing.History;
import io.freshet.testing.Memory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Whether a world has kept what Freshet promises, once it is quiet; each broken promise as a sentence. */
final class Verdict {

    private final World world;
    private final Set<String> useless;
    private final List<String> broken = new ArrayList<>();

    private Verdict(World world, Set<String> useless) {
        this.world = world;
        this.useless = useless;
    }

    static List<String> of(World world, Set<String> useless) {
        var verdict = new Verdict(world, useless);
        verdict.broken.addAll(world.transactions().broken());
        verdict.deadLetters();
        world.accounts().forEach(verdict::workspace);
        return verdict.broken;
    }

    /** Nothing lost: all that is of no use is kept, and nothing else was taken for that. */
    private void deadLetters() {
        var dead = world.topics().all(SimulatedTopics.NAMES.upstreamDataChangedDlq()).stream()
                .map(History::placeOfDead)
                .collect(Collectors.toCollection(TreeSet::new));
        var lost = new TreeSet<>(useless);
        lost.removeAll(dead);
        lost.forEach(place -> broken.add("nothing lost: %s is no use and no dead letter".formatted(place)));
        dead.removeAll(useless);
        dead.forEach(place -> broken.add("nothing lost: %s is good and a dead letter".formatted(place)));
    }

    private void workspace(String account) {
        var mode = world.mode(account);
        var all = History.of(new ObservedWorld(world, account));
        var state = stateOf(account);
        say(account, History.overBudget(all.calls(), world.requests(), World.PERIOD));
        // Of what Mode shows beyond the grace, a second run is no broken promise.
        var excused = new TreeSet<>(mode.beyondGrace());
        excused.addAll(takenForOurs(all, mode));
        say(account, all.brokenBut(excused));
        say(account, all.notCovered());
        say(account, Unmentioned.broken(world, all, LineageVerdict.tablesByChange(state)));
        say(account, LineageVerdict.broken(world, account, state));
        broken.addAll(new Holds(world).broken(account));
        say(account, LateTold.broken(world, account, state));
        coalesced(account, all.without(excused), datasetsEnded(all), new StateTopic(account, state));
    }

    /**
     * Datasets of which somebody else's run was adopted. Before Mode has named the executor of a run of ours, one of those that
     * it lists can't be told from another; reports are run by nobody else here.
     */
    private static Set<String> takenForOurs(History all, SimulatedMode mode) {
        return all.accepted().stream()
                .filter(run -> run.text("kind").equals("dataset")
                        && run.text("adopted").equals("true"))
                .filter(run -> mode.isByAnother(run.report(), run.run()))
                .map(Event::report)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void say(String account, List<String> sentences) {
        sentences.forEach(sentence -> broken.add(sentence + " [" + account + "]"));
    }

    /** Whether nothing of the workspace is open. */
    static boolean isAtRest(World world, String account) {
        var state = stateOf(world, account);
        return Memory.of(state, account).isAtRest() && LineageVerdict.isAtRest(state);
    }

    private List<ConsumerRecord<byte[], byte[]>> stateOf(String account) {
        return stateOf(world, account);
    }

    static List<ConsumerRecord<byte[], byte[]>> stateOf(World world, String account) {
        return world
                .topics()
                .partition(SimulatedTopics.NAMES.state(), world.partitions().of(account))
                .stream()
                .filter(record -> key(record).startsWith(account + "/"))
                .toList();
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8);
    }

    /**
     * All that waits for a report goes with its next run: so each run but the first has a batch that was not planned yet, or of
     * which a dataset had not come to its end, when the intent of the run before was saved.
     */
    private void coalesced(
            String account, History history, Map<String, List<Instant>> datasetsEnded, StateTopic state) {
        var plannedAt = plannedAt(history);
        history.accepted().stream()
                .collect(Collectors.groupingBy(Event::report))
                .forEach((report, runs) -> {
                    for (var n = 1; n < runs.size(); n++) {
                        var run = runs.get(n);
                        var before = state.intent(report, runs.get(n - 1).writtenAt());
                        var isNews = run.batches().stream()
                                .flatMap(batch -> Stream.concat(
                                        Stream.ofNullable(plannedAt.get(batch)),
                                        datasetsEnded.getOrDefault(batch, List.of()).stream()))
                                .anyMatch(at -> !at.isBefore(before));
                        if (!isNews) {
                            broken.add("coalesced: run %s of report %s has no batch that run %s couldn't have had [%s]"
                                    .formatted(
                                            run.run(), report, runs.get(n - 1).run(), account));
                        }
                    }
                });
    }

    /** When datasets that are run first came to their end, by batch. */
    private static Map<String, List<Instant>> datasetsEnded(History history) {
        var ended = new HashMap<String, List<Instant>>();
        Stream.concat(history.finished().stream(), history.rejected().stream())
                .filter(end -> end.text("kind").equals("dataset"))
                .forEach(end -> end.batches().forEach(batch -> ended.computeIfAbsent(batch, first -> new ArrayList<>())
                        .add(end.writtenAt())));
        return ended;
    }

    private static Map<String, Instant> plannedAt(History history) {
        var plannedAt = new HashMap<String, Instant>();
        history.events().planned().forEach(plan -> plan.batches()
                .forEach(batch ->
                        plannedAt.merge(batch, plan.writtenAt(), (one, other) -> one.isBefore(other) ? one : other)));
        return plannedAt;
    }
}
