package io.freshet.ledger;

import io.freshet.event.BatchKey;
import io.freshet.event.Settlement;
import io.freshet.state.OpenBatch;

/** What a transaction makes of a batch. */
sealed interface StagedBatch {

    BatchKey key();

    /** It is open. How far it has come is not saved. */
    record Open(OpenBatch batch) implements StagedBatch {
        @Override
        public BatchKey key() {
            return batch.key();
        }
    }

    /** All of its changes are told as settled. */
    record Settled(OpenBatch batch, Settlement settlement) implements StagedBatch {
        @Override
        public BatchKey key() {
            return batch.key();
        }
    }

    /** Nobody needs to know it any more. */
    record Forgotten(BatchKey key, RememberedBatch batch) implements StagedBatch {}
}
