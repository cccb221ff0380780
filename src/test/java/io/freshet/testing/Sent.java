package io.freshet.testing;

import java.time.Instant;
import java.util.List;

/**
 * A change, or a refresh, that Freshet must take, each time it is sent.
 *
 * @param identity {@code source + " " + id}, as in {@link Event#changes()}
 * @param isDead whether there is a dead letter of this record: Mode had something against it
 */
public record Sent(String identity, Instant at, boolean isDead) {

    static List<Sent> of(List<PublicInput> inputs, DeadLetters dead) {
        return inputs.stream()
                .filter(input -> !dead.isNoChange(input.place()))
                .map(input -> new Sent(input.identity(), input.at(), dead.has(input.place())))
                .toList();
    }
}
