package io.freshet.plan;

import io.freshet.event.Change;
import io.freshet.event.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Lets a change wait for company of the same target: until none came for a while, or the first has waited long enough. One
 * batch of a target is planned at a time; what comes meanwhile is the next. Not for several threads.
 */
public final class Coalescer {

    private final class OpenBatch {
        final List<Change> changes = new ArrayList<>();
        final Instant latest;
        Instant newest;
        Instant notBefore = Instant.MIN;
        Instant due;
        /** How many of them the flood was looked for among: those that come again. */
        int counted;

        boolean isFlood;

        OpenBatch(Instant now) {
            this.latest = now.plus(maxWait);
            this.newest = now;
            this.due = latest;
        }

        void add(Change change, Instant now) {
            changes.add(change);
            newest = now;
            // Somebody waits for a report that was asked for by name, and such requests meet at the report.
            var rested = change.target().report().isPresent() ? now : now.plus(quiet);
            var wanted = rested.isBefore(latest) ? rested : latest;
            due = wanted.isBefore(notBefore) ? notBefore : wanted;
        }

        Batch batch(Group group, Instant now) {
            isFlood |= surges.isFlood(group, changes.size() - counted, now);
            counted = changes.size();
            var first = changes.subList(0, Math.min(changes.size(), Batch.MOST));
            var since = Optional.ofNullable(failures.get(group)).map(PlanFailures::since);
            return new Batch(group.account(), group.target(), first, newest, isFlood, since);
        }

        /** What one batch didn't take is the beginning of the next. */
        boolean isLeftWithout(Batch batch) {
            changes.subList(0, batch.changes().size()).clear();
            counted = changes.size();
            return changes.isEmpty();
        }

        void takeIn(Batch batch) {
            changes.addAll(0, batch.changes());
            counted += batch.changes().size();
            isFlood |= batch.isFlood();
        }
    }

    /**
     * So many batches of one source are under way in a workspace at most, so that the many targets of one keep no change of
     * others waiting for a call to Mode.
     */
    static final int MOST_OF_ONE_SOURCE = 10;

    private final Duration quiet;
    private final Duration maxWait;
    private final BiPredicate<String, Target> isHeld;
    private final Map<Group, OpenBatch> openBatches = new LinkedHashMap<>();
    private final Map<Group, Batch> underWay = new HashMap<>();
    private final Map<Group, PlanFailures> failures = new HashMap<>();
    private final SurgeDetector surges = new SurgeDetector();

    /**
     * @param quiet how long no further change must come
     * @param maxWait how long the first change waits at most
     * @param isHeld whether changes of an account and target are not to be planned now
     */
    public Coalescer(Duration quiet, Duration maxWait, BiPredicate<String, Target> isHeld) {
        this.isHeld = isHeld;
        this.quiet = quiet;
        this.maxWait = maxWait;
    }

    public void add(Change change, Instant now) {
        openBatches
                .computeIfAbsent(new Group(change.account(), change.target()), group -> new OpenBatch(now))
                .add(change, now);
    }

    /** Takes the batches that are due. Each is under way until it is {@link #planned} or comes {@link #again}. */
    public List<Batch> due(Instant now) {
        var batches = new ArrayList<Batch>();
        var sent = sent();
        openBatches.entrySet().removeIf(entry -> {
            var group = entry.getKey();
            if (entry.getValue().due.isAfter(now) || waits(entry, sent)) {
                return false;
            }
            sent.merge(Sender.of(group, entry.getValue().changes), 1, Integer::sum);
            var batch = entry.getValue().batch(group, now);
            underWay.put(group, batch);
            batches.add(batch);
            return entry.getValue().isLeftWithout(batch);
        });
        return batches;
    }

    /** How many batches of whom are under way. */
    private Map<Sender, Integer> sent() {
        var sent = new HashMap<Sender, Integer>();
        underWay.forEach((group, batch) -> sent.merge(Sender.of(group, batch.changes()), 1, Integer::sum));
        return sent;
    }

    /** Until another batch is done with. */
    private boolean waits(Map.Entry<Group, OpenBatch> open, Map<Sender, Integer> sent) {
        var group = open.getKey();
        return underWay.containsKey(group)
                || isHeld.test(group.account(), group.target())
                || sent.getOrDefault(Sender.of(group, open.getValue().changes), 0) >= MOST_OF_ONE_SOURCE;
    }

    /** The batch is done with. */
    public void planned(Batch batch) {
        var group = Group.of(batch);
        if (underWay.remove(group, batch)) {
            failures.remove(group);
        }
    }

    /** The batch can't be planned now: it takes in what has come meanwhile, and is due again after a while. */
    public void again(Batch batch, Instant now) {
        var group = Group.of(batch);
        if (underWay.remove(group, batch)) {
            var failed = failures.merge(
                    group,
                    new PlanFailures(1, now),
                    (before, once) -> new PlanFailures(before.count() + 1, before.since()));
            var open = takenBack(group, batch);
            open.notBefore = now.plus(failed.pause());
            open.due = open.notBefore;
        }
    }

    /** The batch was not to be planned: it is as if it hadn't left. */
    public void putBack(Batch batch) {
        var group = Group.of(batch);
        if (underWay.remove(group, batch)) {
            takenBack(group, batch);
        }
    }

    private OpenBatch takenBack(Group group, Batch batch) {
        var open = openBatches.computeIfAbsent(group, missing -> new OpenBatch(batch.newest()));
        open.takeIn(batch);
        return open;
    }

    /** Forgets the workspaces that have gone to another replica. */
    public void forget(Predicate<String> accounts) {
        openBatches.keySet().removeIf(group -> accounts.test(group.account()));
        underWay.keySet().removeIf(group -> accounts.test(group.account()));
        failures.keySet().removeIf(group -> accounts.test(group.account()));
    }

    /** When the next batch is due; empty if none waits, or only behind those that are under way, or held. */
    public Optional<Instant> nextDue() {
        var sent = sent();
        return openBatches.entrySet().stream()
                .filter(entry -> !waits(entry, sent))
                .map(entry -> entry.getValue().due)
                .min(Instant::compareTo);
    }

    /** How many changes wait or are under way. */
    public int size() {
        return openBatches.values().stream()
                        .mapToInt(open -> open.changes.size())
                        .sum()
                + underWay.values().stream()
                        .mapToInt(batch -> batch.changes().size())
                        .sum();
    }
}
