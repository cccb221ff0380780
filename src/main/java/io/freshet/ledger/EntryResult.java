package io.freshet.ledger;

import io.freshet.state.ReportState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one entry.
 *
 * @param state the state of its report; empty if the entry is of none, or had no effect
 * @param failure why it can't be written; null if it is
 */
record EntryResult(Optional<ReportState> state, @Nullable RuntimeException failure) {

    static final EntryResult NONE = new EntryResult(Optional.empty(), null);

    static EntryResult of(ReportState state) {
        return new EntryResult(Optional.of(state), null);
    }

    static EntryResult failed(RuntimeException failure) {
        return new EntryResult(Optional.empty(), failure);
    }
}
