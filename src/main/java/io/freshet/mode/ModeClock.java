package io.freshet.mode;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Mode's clock, as far as the {@code Date} of its answers shows it: in whole seconds, and as old as the answer. */
final class ModeClock {

    private final Clock ours;
    private volatile Duration skew = Duration.ZERO;

    ModeClock(Clock ours) {
        this.ours = ours;
    }

    /** Never fast; slow by a second and the time that an answer takes. */
    Instant now() {
        return ours.instant().plus(skew);
    }

    void heard(String date) {
        try {
            var said = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            skew = Duration.between(ours.instant(), said);
        } catch (DateTimeParseException e) {
            skew = Duration.ZERO; // a proxy's fancy: then the clocks are taken for the same
        }
    }
}
