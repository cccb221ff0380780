package io.freshet.ledger;

/** The consumer group whose members own workspaces. It is an interface, so that a test can stand in for Kafka. */
interface OwnersGroup {

    /** Leaves for good: steps under way may end, then the partitions go to others. Returns at once. */
    void leave();
}
