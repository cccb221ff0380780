package io.freshet.mode.limit;

import java.time.Instant;
import java.util.function.IntConsumer;

/**
 * Somebody who wants to call. Within a lane, the earliest priority goes first; of equal ones, those with the same
 * groupKey go together; of the same groupKey, who came first.
 *
 * @param granted is told when the call may leave, and the number of the probe that it is; 0 if it is none
 */
public record Claim(Lane lane, Instant priority, String groupKey, IntConsumer granted) {}
