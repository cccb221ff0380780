package io.freshet.view;

import java.util.Optional;

/**
 * Which batches somebody wants to see: the newest of these.
 *
 * @param isSettled whether only those that are settled, or only those that are open; both if it isn't said
 */
public record BatchQuery(Optional<String> account, Optional<Boolean> isSettled, int limit) {

    boolean matches(Batch batch) {
        return isSettled.filter(wanted -> wanted != batch.settled().isPresent()).isEmpty();
    }
}
