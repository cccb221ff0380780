package io.freshet.ledger;

import io.freshet.event.BatchKey;
import io.freshet.event.FactKey;
import io.freshet.event.Target;
import io.freshet.state.ReportState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What may hold back each open batch that is for a data source. Safe for several threads. */
final class BatchHolds {

    private final Map<BatchKey, FactKey> holds = new ConcurrentHashMap<>();

    void planned(BatchKey batch, Target target) {
        FactKey.holdOf(batch.account(), target).ifPresent(hold -> holds.put(batch, hold));
    }

    void settled(BatchKey batch) {
        holds.remove(batch);
    }

    void left(Predicate<String> accounts) {
        holds.keySet().removeIf(batch -> accounts.test(batch.account()));
    }

    /** Of the data sources whose changes are behind what a report or dataset waits to be posted for. */
    Stream<FactKey> holdsOf(String account, ReportState state) {
        return batches(account, state).flatMap(batch -> Stream.ofNullable(holds.get(batch)));
    }

    /** What waits to be posted is for these batches. */
    static Stream<BatchKey> batches(String account, ReportState state) {
        return state.ifWaiting().stream()
                .flatMap(waiting -> waiting.request().causes().batches().stream())
                .map(number -> new BatchKey(account, number));
    }
}
