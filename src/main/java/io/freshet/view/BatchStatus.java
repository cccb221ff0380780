package io.freshet.view;

import io.freshet.event.BatchKey;
import java.time.Instant;
import java.util.Optional;

/**
 * Where changes stand that were planned together.
 *
 * @param changes how many they are
 * @param runs how many reports and datasets have come to their end for it, and how
 * @param settled none while it is open
 * @param plan what was told when they were planned, if that is still known
 */
public record BatchStatus(
        BatchKey batch,
        Instant plannedAt,
        int changes,
        RunCounts runs,
        Optional<ChangeStatus.Settled> settled,
        Optional<ToldPlan> plan) {

    /** What has changed, such as {@code data_source=TOKEN}: as its plan says; of what was refused there is none, but its end says it. */
    public Optional<String> target() {
        return plan.map(ToldPlan::target).or(() -> settled.flatMap(ChangeStatus.Settled::refused));
    }

    /** What people call that in Mode, if it is known. */
    public Optional<String> targetName() {
        return plan.flatMap(ToldPlan::targetName);
    }

    BatchStatus with(Optional<ToldPlan> told) {
        return new BatchStatus(batch, plannedAt, changes, runs, settled, told);
    }
}
