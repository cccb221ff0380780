package io.freshet.mode.limit;

import java.time.Duration;
import java.util.List;

/**
 * What an owner of a workspace leaves to its heir. These are durations: no instant of one machine means the same on
 * another. The heir counts them from when it reads them, which is later, so that nothing is counted for too short.
 *
 * @param remaining how long each of the owner's calls still counts at Mode
 * @param pause how long Mode still wants to be left alone; zero if it doesn't
 */
public record HandOver(List<Duration> remaining, Duration pause) {

    public HandOver {
        remaining = List.copyOf(remaining);
    }
}
