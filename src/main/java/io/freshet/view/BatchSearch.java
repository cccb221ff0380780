package io.freshet.view;

import io.freshet.event.BatchKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Looks through all batches for the newest that somebody wants to see, and keeps no more than these. */
final class BatchSearch {

    private record Found(BatchKey key, Batch batch, Batches among) {

        long plannedMillis() {
            return batch.plannedMillis();
        }

        long number() {
            return key.number();
        }

        BatchStatus status() {
            return among.status(key, batch);
        }
    }

    private static final Comparator<Found> OLDEST_FIRST =
            Comparator.comparing(Found::plannedMillis).thenComparing(Found::number);

    private final BatchQuery query;
    private final PriorityQueue<Found> newest = new PriorityQueue<>(OLDEST_FIRST);

    private BatchSearch(BatchQuery query) {
        this.query = query;
    }

    static List<BatchStatus> in(Map<String, WorkspaceView> workspaces, BatchQuery query) {
        var search = new BatchSearch(query);
        workspaces.forEach((account, workspace) -> {
            if (query.account().filter(wanted -> !wanted.equals(account)).isEmpty()) {
                search.look(account, workspace.batches());
            }
        });
        return search.newest.stream()
                .sorted(OLDEST_FIRST.reversed())
                .map(Found::status)
                .toList();
    }

    private void look(String account, Batches batches) {
        batches.forEach((number, batch) -> {
            if (query.matches(batch)) {
                newest.add(new Found(new BatchKey(account, number), batch, batches));
                if (newest.size() > query.limit()) {
                    newest.remove();
                }
            }
        });
    }
}
