package io.freshet.view;

import io.freshet.event.Outcome;
import java.util.Optional;

/**
 * Where a report stands in a batch that it is of.
 *
 * @param end how it came to its end for the batch; none while it carries it
 */
record BatchStanding(Optional<Outcome> end) {

    static final BatchStanding UNDER_WAY = new BatchStanding(Optional.empty());

    static BatchStanding ended(Outcome outcome) {
        return new BatchStanding(Optional.of(outcome));
    }
}
