package io.freshet.ledger;

import io.freshet.event.ChangeOutcome;
import io.freshet.event.Settlement;
import io.freshet.state.OpenBatch;
import java.time.Instant;

/**
 * A batch that is settled: no more than what is needed to know its changes again, as there may be a million.
 *
 * @param settledAt in milliseconds since 1970
 * @param isRefused whether its changes may be sent again
 */
record RememberedBatch(long number, long settledAt, long[] digests, boolean isRefused) {

    RememberedBatch(long number, Instant settledAt, long[] digests, boolean isRefused) {
        this(number, settledAt.toEpochMilli(), digests, isRefused);
    }

    static RememberedBatch of(OpenBatch batch, Settlement settlement) {
        return new RememberedBatch(
                batch.key().number(),
                settlement.settledAt(),
                batch.members().digests(),
                settlement.outcome() == ChangeOutcome.REFUSED);
    }
}
