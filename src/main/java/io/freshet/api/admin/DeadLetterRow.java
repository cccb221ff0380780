package io.freshet.api.admin;

import io.freshet.event.StoredDeadLetter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of the dead-letter topic, as the API spells it.
 *
 * @param at when it was written there
 * @param topic where it was first
 * @param account the workspace that it says; absent if it says none that can be read
 * @param redriven whether it was written to its topic again
 * @param begins the first characters of its value; absent if it has none
 */
record DeadLetterRow(
        int partition,
        long offset,
        Instant at,
        String topic,
        String code,
        String reason,
        @Nullable String account,
        boolean redriven,
        @Nullable String begins) {

    static DeadLetterRow of(StoredDeadLetter letter, boolean redriven) {
        return new DeadLetterRow(
                letter.buried().partition(),
                letter.buried().offset(),
                letter.buried().timestamp(),
                letter.topic(),
                letter.code(),
                letter.reason(),
                letter.account().orElse(null),
                redriven,
                letter.begins().orElse(null));
    }
}
