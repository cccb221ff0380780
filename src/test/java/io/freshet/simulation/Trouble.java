package io.freshet.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** What is wrong at present, and how the dice fall while it is. */
final class Trouble {

    /** How a transaction goes. */
    enum Transaction {
        WELL,
        ABORTED,
        UNKNOWN
    }

    enum Kind {
        /** No broker answers. */
        KAFKA_AWAY,
        /** Transactions and restores fail now and then. */
        KAFKA_SHAKY,
        /** Whoever observes throws now and then. */
        OBSERVERS
    }

    private final VirtualTime time;
    private final Map<Kind, Instant> until = new EnumMap<>(Kind.class);
    private boolean isHealed;

    Trouble(VirtualTime time) {
        this.time = time;
    }

    void strike(Kind kind, Duration length) {
        until.merge(kind, time.now().plus(length), (one, other) -> one.isAfter(other) ? one : other);
    }

    /** From now on all is well, but for what a story strikes. */
    void heal() {
        isHealed = true;
        until.clear();
    }

    boolean isHealed() {
        return isHealed;
    }

    private boolean has(Kind kind) {
        return time.now().isBefore(until.getOrDefault(kind, Instant.MIN));
    }

    boolean isKafkaAway() {
        return has(Kind.KAFKA_AWAY);
    }

    Transaction transaction() {
        if (isHealed || !time.chance(has(Kind.KAFKA_SHAKY) ? 0.3 : 0.004)) {
            return Transaction.WELL;
        }
        return time.chance(0.5) ? Transaction.ABORTED : Transaction.UNKNOWN;
    }

    Duration restoreTakes() {
        return has(Kind.KAFKA_SHAKY) ? time.millis(10, 15_000) : time.millis(1, 800);
    }

    boolean restoreFails() {
        return has(Kind.KAFKA_SHAKY) && time.chance(0.4);
    }

    /** Whether a record that is sent without a transaction doesn't arrive, or nobody hears that it has. */
    boolean sendFails() {
        return isKafkaAway() || (!isHealed && time.chance(has(Kind.KAFKA_SHAKY) ? 0.3 : 0.002));
    }

    /** Throws where an observer does. */
    void maybeThrow() {
        if (has(Kind.OBSERVERS) && time.chance(0.2)) {
            throw new IllegalStateException("an observer that throws");
        }
    }
}
