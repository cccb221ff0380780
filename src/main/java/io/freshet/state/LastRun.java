package io.freshet.state;

import java.time.Instant;
import java.util.Optional;

/**
 * What Mode says of a dataset's last runs, by its clock.
 *
 * @param begunAt when the last one began, well or not
 * @param succeededAt when the last one that ended well ended
 */
public record LastRun(Optional<Instant> begunAt, Optional<Instant> succeededAt) {

    /** Whether it has not been run since. */
    boolean isBefore(Instant instant) {
        return begunAt.filter(instant::isAfter).isPresent();
    }

    /** Whether what it shows is from before: a run that began later has failed, or is still open. */
    boolean showsWhatWasBefore(Instant instant) {
        return isBefore(instant) || succeededAt.filter(instant::isAfter).isPresent();
    }
}
