package io.freshet.ledger;

import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.state.ReportState;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Hears of every state once it is committed. Calls but the first come one at a time; all must return at once. */
public interface LedgerListener {

    /** This replica is in the consumer group, under this name, and has these partitions besides those of before. */
    void joined(String member, Set<Integer> partitions);

    /** This replica owns the partition from now on, and this is where its reports stand. */
    void restored(int partition, Map<ReportKey, ReportState> states);

    /** A report of an owned partition stands here now. */
    void moved(int partition, ReportKey report, ReportState state);

    /** An event has been written. */
    void told(RunEvent event);

    /**
     * These partitions are about to go to another replica: begin no step for their reports any more.
     *
     * @return ends when no step for them is under way
     */
    CompletionStage<Void> leaving(Set<Integer> partitions);

    /** These partitions have gone. */
    void left(Set<Integer> partitions);
}
