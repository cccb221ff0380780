package io.freshet.ledger;

import io.freshet.event.BatchKey;
import io.freshet.event.Target;
import io.freshet.state.ReportState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** For which data source each open batch is, where it is for one. Safe for several threads. */
final class BatchSources {

    private final Map<BatchKey, String> sources = new ConcurrentHashMap<>();

    void planned(BatchKey batch, Target target) {
        target.dataSource().ifPresent(token -> sources.put(batch, token));
    }

    void settled(BatchKey batch) {
        sources.remove(batch);
    }

    void left(Predicate<String> accounts) {
        sources.keySet().removeIf(batch -> accounts.test(batch.account()));
    }

    /** Tokens of the data sources whose changes are behind what a report or dataset waits to be posted for. */
    Stream<String> of(String account, ReportState state) {
        return batches(account, state).map(sources::get).filter(token -> token != null);
    }

    /** What waits to be posted is for these batches. */
    static Stream<BatchKey> batches(String account, ReportState state) {
        return state.ifWaiting().stream()
                .flatMap(waiting -> waiting.request().causes().batches().stream())
                .map(number -> new BatchKey(account, number));
    }
}
