package io.freshet.ledger;

import java.util.Set;

/** The tap of the inbox. It is an interface, so that a test can stand in for Kafka. */
public interface InboxFlow {

    /**
     * These partitions are not read until others are named; all others are read, as far as they are this replica's. Returns at
     * once. A rebalance may open the tap of a partition, so whoever means it says so again.
     */
    void hold(Set<Integer> partitions);
}
