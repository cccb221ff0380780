package io.freshet.api;

import io.freshet.event.ChangeRef;
import io.freshet.view.BatchStatus;
import io.freshet.view.ChangeStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where changes stand that were planned together.
 *
 * @param state open, or settled
 * @param target what has changed, such as {@code data_source=TOKEN}; absent if it was told more than a day ago, and was not refused
 * @param targetName what people call that in Mode; absent if it isn't known
 * @param changes up to 20 of them, the oldest and the newest; absent if they were told more than a day ago
 * @param runs how many reports and datasets have come to their end for it, and how many haven't
 * @param outcome what became of its changes; absent while it is open
 */
record BatchRow(
        String account,
        String batch,
        String state,
        @Nullable String target,
        @Nullable String targetName,
        Instant plannedAt,
        @Nullable Instant settledAt,
        @Nullable String outcome,
        ChangeAnswer.Runs runs,
        int changesCount,
        @Nullable List<Change> changes) {

    record Change(
            String source,
            String id,
            Instant changedAt,
            @Nullable String reason) {

        static Change of(ChangeRef change) {
            return new Change(change.source(), change.id(), change.changedAt(), change.reason());
        }
    }

    static BatchRow of(BatchStatus status) {
        var settled = status.settled();
        return new BatchRow(
                status.batch().account(),
                status.batch().name(),
                settled.isPresent() ? "settled" : "open",
                status.target().orElse(null),
                status.targetName().orElse(null),
                status.plannedAt(),
                settled.map(ChangeStatus.Settled::settledAt).orElse(null),
                settled.map(ChangeStatus.Settled::outcome).orElse(null),
                ChangeAnswer.Runs.of(status.runs(), settled.isPresent()),
                status.changes(),
                status.plan()
                        .map(plan -> plan.changes().stream().map(Change::of).toList())
                        .orElse(null));
    }
}
