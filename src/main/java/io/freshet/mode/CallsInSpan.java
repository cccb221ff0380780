package io.freshet.mode;

import io.freshet.mode.limit.Lane;
import java.time.Instant;
import java.util.Map;

/**
 * Calls whose answers came within ten seconds.
 *
 * @param answered how many of each lane
 * @param throttled to how many of them Mode said 429
 */
public record CallsInSpan(Instant from, Map<Lane, Integer> answered, int throttled) {

    public CallsInSpan {
        answered = Map.copyOf(answered);
    }

    public int answered(Lane lane) {
        return answered.getOrDefault(lane, 0);
    }
}
