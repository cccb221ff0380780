package io.freshet.ledger;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;

/** Where partitions are read back from: Kafka. */
interface StateReader {

    /**
     * What is committed of these partitions, once no transaction of a former owner can add to it.
     *
     * @param percent hears how far it is
     * @return fails if it can't be read now
     */
    CompletionStage<Map<Integer, RestoredPartition>> read(Collection<Integer> partitions, IntConsumer percent);
}
