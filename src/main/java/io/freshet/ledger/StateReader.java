package io.freshet.ledger;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Where partitions are read back from: Kafka. */
interface StateReader {

    /** Hears how a read gets on. */
    interface Listener {

        void at(int percent);

        /** It stands still, for that reason. */
        void waits(String cause);
    }

    /**
     * What is committed of these partitions, once no transaction of a former owner can add to it.
     *
     * @return fails if it can't be read now
     */
    CompletionStage<Map<Integer, RestoredPartition>> read(Collection<Integer> partitions, Listener listener);
}
