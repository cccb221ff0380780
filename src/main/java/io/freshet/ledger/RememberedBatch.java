package io.freshet.ledger;

import io.freshet.event.Settlement;
import io.freshet.state.OpenBatch;
import java.time.Instant;

/**
 * A batch that is settled: no more than what is needed to know its changes again, as there may be a million.
 *
 * @param settledAt in milliseconds since 1970
 * @param digests of what must not be taken again: the changes' identities, or for refused ones the places of their records
 */
record RememberedBatch(long number, long settledAt, long[] digests) {

    RememberedBatch(long number, Instant settledAt, long[] digests) {
        this(number, settledAt.toEpochMilli(), digests);
    }

    static RememberedBatch of(OpenBatch batch, Settlement settlement) {
        var known = batch.isRefused() ? batch.refused() : batch.members();
        return new RememberedBatch(batch.key().number(), settlement.settledAt(), known.digests());
    }
}
