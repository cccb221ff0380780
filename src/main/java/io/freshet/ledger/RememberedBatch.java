package io.freshet.ledger;

import io.freshet.event.Settlement;
import io.freshet.event.Target;
import io.freshet.state.OpenBatch;
import java.time.Instant;

/** A batch that is settled: no more than what is needed to know its changes again, as there may be a million. */
public final class RememberedBatch {

    private final long number;
    private final long settledAt;
    private final int target;
    private final long[] digests;

    RememberedBatch(long number, Target target, Instant settledAt, long[] digests) {
        this.number = number;
        this.settledAt = settledAt.toEpochMilli();
        this.target = target.toString().hashCode();
        this.digests = digests;
    }

    static RememberedBatch of(OpenBatch batch, Settlement settlement) {
        var known = batch.isRefused() ? batch.refused() : batch.members();
        return new RememberedBatch(batch.key().number(), batch.target(), settlement.settledAt(), known.digests());
    }

    /** Whether it was a batch of this target, by a hash that is good enough to tell of a mistake. */
    boolean isOf(Target other) {
        return target == other.toString().hashCode();
    }

    long number() {
        return number;
    }

    /** In milliseconds since 1970. */
    long settledAt() {
        return settledAt;
    }

    /** Of what must not be taken again: the changes' identities, or for refused ones the places of their records. */
    long[] digests() {
        return digests;
    }
}
