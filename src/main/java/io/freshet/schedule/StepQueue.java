package io.freshet.schedule;

import io.freshet.event.Kind;
import io.freshet.event.ReportKey;
import io.freshet.schedule.QueuedReport.Slot;
import io.freshet.state.ReportState;
import io.freshet.state.Running;
import io.freshet.state.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * What is to be done for which report, and when. A report has one step at a time: taken when due, begun when the API budget
 * allows, and over when its answer has been written. Safe for several threads.
 */
@SuppressWarnings("ReferenceEquality") // this very slot, this very item: an equal one may be of an earlier ownership
public final class StepQueue implements ReportStates {

    /** A step that has been taken from the queue. */
    public record Claimed(ReportKey report, Step step) {}

    private final Map<ReportKey, QueuedReport> entries = new HashMap<>();
    private final PriorityQueue<Slot> slots = new PriorityQueue<>(Comparator.comparing(Slot::due));
    private final StepsUnderWay underWay = new StepsUnderWay();
    private final BiPredicate<ReportKey, ReportState> isHeld;

    /** @param isHeld whether nothing may be posted now for a report that stands there; to be {@link #released} when that is over */
    public StepQueue(BiPredicate<ReportKey, ReportState> isHeld) {
        this.isHeld = isHeld;
    }

    /**
     * A report stands here now. While a step of its own is under way, the next one waits for {@link #over}; but a step
     * that waits behind all others only because it is for a backfill is taken back when it is for more than that.
     */
    public synchronized void put(int partition, ReportKey report, ReportState state) {
        var entry = entries.computeIfAbsent(report, key -> new QueuedReport(partition, state));
        entry.state = state;
        if (entry.taken == null || entry.isBackfillNoMore()) {
            entry.taken = null;
            plan(report, entry);
        }
    }

    /** The report has settled long ago: it has no step. */
    public synchronized void forget(ReportKey report) {
        entries.remove(report);
    }

    /** Takes all steps that are due, the most urgent first. */
    public synchronized List<Claimed> due(Instant now) {
        var due = new ArrayList<Claimed>();
        while (!slots.isEmpty() && !slots.peek().due().isAfter(now)) {
            var slot = slots.remove();
            var entry = entries.get(slot.report());
            if (entry != null && entry.slot == slot && !underWay.isLeaving(entry.partition)) {
                take(slot.report(), entry).ifPresent(due::add);
            }
        }
        due.sort(Comparator.comparing((Claimed item) -> item.step().kind())
                .thenComparing(item -> item.step().priority()));
        return due;
    }

    /** Takes the step of a report before it is due; empty where it was taken already, or there is none. */
    public synchronized Optional<Claimed> takeEarly(ReportKey report) {
        var entry = entries.get(report);
        if (entry == null || entry.taken != null || underWay.isLeaving(entry.partition)) {
            return Optional.empty();
        }
        return take(report, entry);
    }

    /** When the next step is due; empty when nothing is to be done. */
    public synchronized Optional<Instant> nextDue() {
        return Optional.ofNullable(slots.peek()).map(Slot::due);
    }

    /** A step that was taken can leave now: where its report stands, or empty where it isn't ours any more. */
    public synchronized Optional<ReportState> begin(Claimed item) {
        var entry = entries.get(item.report());
        if (entry == null || entry.taken != item || underWay.isLeaving(entry.partition) || isHeld(item, entry)) {
            return Optional.empty();
        }
        if (!entry.begun) {
            entry.begun = true;
            underWay.begin(entry.partition);
        }
        return Optional.of(entry.state);
    }

    /** Where a report of ours stands. */
    public synchronized Optional<ReportState> find(ReportKey report) {
        return Optional.ofNullable(entries.get(report)).map(entry -> entry.state);
    }

    /** The open run of a report of ours, where it has one. */
    public Optional<Running> running(ReportKey report) {
        return find(report).flatMap(ReportState::ifRunning);
    }

    /** A step has come to its end, or to nothing. */
    public synchronized void over(Claimed item) {
        var entry = entries.get(item.report());
        if (entry != null && entry.taken == item) {
            end(entry);
            plan(item.report(), entry);
        }
    }

    /** What was held is so no longer, or not all of it. */
    public synchronized void released() {
        entries.forEach((report, entry) -> {
            if (entry.rests()) {
                plan(report, entry);
            }
        });
    }

    /** No step of these partitions begins from now on; ends when none is under way. */
    public synchronized CompletionStage<Void> leave(Set<Integer> partitions) {
        return underWay.leave(partitions);
    }

    /** No step begins any more; ends when none is under way. */
    public synchronized CompletionStage<Void> leaveAll() {
        return leave(entries.values().stream().map(entry -> entry.partition).collect(Collectors.toSet()));
    }

    /** Forgets the reports of these partitions. */
    public synchronized void left(Set<Integer> partitions) {
        entries.values().removeIf(entry -> partitions.contains(entry.partition));
        slots.removeIf(slot -> !entries.containsKey(slot.report()));
        underWay.left(partitions);
    }

    @Override
    public synchronized Map<ReportKey, ReportState> all() {
        return entries.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().state));
    }

    @Override
    public synchronized Map<String, Integer> census(Kind kind) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getKey().kind() == kind)
                .collect(Collectors.toMap(entry -> entry.getValue().state.name(), entry -> 1, Integer::sum));
    }

    @Override
    public synchronized Optional<Instant> waitingSince() {
        return entries.entrySet().stream()
                .filter(entry -> !isHeld.test(entry.getKey(), entry.getValue().state))
                .flatMap(entry -> entry.getValue().state.ifWaiting().stream())
                .map(waiting -> waiting.request().requestedAt())
                .min(Comparator.naturalOrder());
    }

    private void end(QueuedReport entry) {
        entry.taken = null;
        if (entry.begun) {
            entry.begun = false;
            underWay.over(entry.partition);
        }
    }

    private Optional<Claimed> take(ReportKey report, QueuedReport entry) {
        entry.slot = null;
        entry.taken = claim(report, entry).orElse(null);
        return Optional.ofNullable(entry.taken);
    }

    private void plan(ReportKey report, QueuedReport entry) {
        entry.slot = claim(report, entry)
                .map(claim -> new Slot(claim.step().due(), report))
                .orElse(null);
        if (entry.slot != null) {
            slots.add(entry.slot);
        }
    }

    private Optional<Claimed> claim(ReportKey report, QueuedReport entry) {
        return entry.state.step().map(step -> new Claimed(report, step)).filter(claim -> !isHeld(claim, entry));
    }

    private boolean isHeld(Claimed claim, QueuedReport entry) {
        return claim.step().kind().isPost() && isHeld.test(claim.report(), entry.state);
    }
}
