package io.freshet.view;

import io.freshet.event.ChangeDigests;
import io.freshet.event.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What is known of one workspace: its reports and datasets, its changes and their batches. Plain Java, for one thread at a time. */
final class WorkspaceView {

    private final Map<Kind, NavigableMap<String, byte[]>> targets = new EnumMap<>(Kind.class);
    private final Batches batches = new Batches();
    private final ChangeTable changes = new ChangeTable(batches::isKnown);
    private final WorkspaceHolds holds = new WorkspaceHolds();
    private final UnderObjectives objectives = new UnderObjectives();
    private final Map<Kind, Map<Stage, Integer>> census = new EnumMap<>(Kind.class);
    private int unplanned;

    /** The record of a report or a dataset. */
    void target(Kind kind, String token, @Nullable TargetState state) {
        var known = targets.computeIfAbsent(kind, first -> new TreeMap<>());
        var stages = census.computeIfAbsent(kind, first -> new EnumMap<>(Stage.class));
        var before = state == null ? known.remove(token) : known.put(token, PackedTarget.pack(state));
        if (before != null) {
            stages.merge(PackedTarget.stage(before), -1, Integer::sum);
            batches.counts().remove(PackedTarget.unpack(before));
        }
        if (state != null) {
            stages.merge(state.stage(), 1, Integer::sum);
            batches.counts().add(state);
        }
    }

    /** Its reports that are under objectives. */
    UnderObjectives objectives() {
        return objectives;
    }

    /** The record of an open change. One that is written after its batch was refused was sent again. */
    void opened(long digest, Instant changedAt, @Nullable String dataSource) {
        var place = changes.put(digest, ChangeDigests.nanos(changedAt));
        var isAnew = batches.find(changes.batch(place))
                .filter(batch -> batch.settled().filter(Batch.End::isRefused).isEmpty())
                .isEmpty();
        mark(place, true, isAnew ? 0 : changes.batch(place));
        holds.of(digest, isUnplanned(place) ? dataSource : null);
    }

    /** The record of an open change is gone. */
    void closed(long digest) {
        var place = changes.find(digest);
        if (place >= 0) {
            mark(place, false, changes.batch(place));
            holds.of(digest, null);
        }
    }

    /**
     * The record of a batch.
     *
     * @param settled hears of each change that is settled by it
     */
    void batch(long number, BatchJson.Read read, LongConsumer settled) {
        batches.put(number, read.batch());
        holds.ofBatch(number, read.dataSource());
        var identities = read.identities();
        for (var n = 0; n < identities.size(); n++) {
            var place = plan(identities.digest(n), identities.changedAtNanos(n), number);
            if (changes.batch(place) == number && read.batch().settled().isPresent()) {
                settled.accept(identities.digest(n));
            }
        }
    }

    /** A change that was planned again since stays in its later batch. */
    private int plan(long digest, long changedAt, long number) {
        var known = changes.find(digest);
        if (known >= 0 && changes.batch(known) > number) {
            return known;
        }
        var place = changes.put(digest, changedAt);
        mark(place, changes.isOpen(place), number);
        holds.of(digest, null);
        return place;
    }

    /** The record of a batch is gone, and its changes with it: they are forgotten when their place is needed. */
    void forgotten(long number) {
        batches.forget(number);
        holds.ofBatch(number, Optional.empty());
    }

    private void mark(int place, boolean isOpen, long batch) {
        unplanned -= isUnplanned(place) ? 1 : 0;
        changes.mark(place, isOpen, batch);
        unplanned += isUnplanned(place) ? 1 : 0;
    }

    private boolean isUnplanned(int place) {
        return changes.isOpen(place) && changes.batch(place) == 0;
    }

    Optional<ChangeStatus> find(long digest) {
        var place = changes.find(digest);
        if (place < 0) {
            return Optional.empty();
        }
        var changedAt = ChangeDigests.at(changes.changedAt(place));
        var number = changes.batch(place);
        var batch = batches.find(number);
        if (batch.isPresent()) {
            return Optional.of(planned(changedAt, number, batch.get()));
        }
        return changes.isOpen(place)
                ? Optional.of(new ChangeStatus(
                        changedAt, Optional.empty(), holds.isHeld(digest), RunCounts.NONE, Optional.empty()))
                : Optional.empty();
    }

    private ChangeStatus planned(Instant changedAt, long number, Batch batch) {
        var isHeld = batch.settled().isEmpty() && holds.isHeld(number, targets);
        return new ChangeStatus(
                changedAt,
                Optional.of(number),
                isHeld,
                batches.runs(number, batch),
                batch.settled().map(Batch.End::told));
    }

    /** Where each report or dataset is, packed, by its token. */
    NavigableMap<String, byte[]> targets(Kind kind) {
        return Collections.unmodifiableNavigableMap(targets.getOrDefault(kind, Collections.emptyNavigableMap()));
    }

    /** What is known of it. */
    WorkspaceHolds holds() {
        return holds;
    }

    /** Its batches. */
    Batches batches() {
        return batches;
    }

    /** Changes that are open and not yet planned. */
    int unplanned() {
        return unplanned;
    }

    int count(Kind kind, Stage stage) {
        return census.getOrDefault(kind, Map.of()).getOrDefault(stage, 0);
    }

    /** When what has waited for longest to be posted was requested, in milliseconds since 1970. */
    Optional<Long> waitingSince() {
        return Arrays.stream(Kind.values()).allMatch(kind -> count(kind, Stage.WAITING) == 0)
                ? Optional.empty()
                : targets.values().stream()
                        .flatMap(known -> known.values().stream())
                        .filter(PackedTarget::isToBePosted)
                        .map(PackedTarget::since)
                        .min(Long::compare);
    }
}
