package io.freshet.state;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often a request was posted in vain, while Mode answered everything else about the report.
 *
 * @param since when the first of them left
 */
public record Attempts(int count, @Nullable Instant since) {

    public static final Attempts NONE = new Attempts(0, null);

    Attempts oneMore(Instant at) {
        return new Attempts(count + 1, since == null ? at : since);
    }

    boolean tooLong(Instant now, TrackingPolicy pace) {
        return since != null && count >= pace.giveUpAttempts() && !now.isBefore(since.plus(pace.giveUpAfter()));
    }

    /** Doubles from one second up to {@link TrackingPolicy#pollMax()}. */
    Duration pause(TrackingPolicy pace) {
        var pause = Duration.ofSeconds(1L << Math.min(Math.max(count - 1, 0), 16));
        return pause.compareTo(pace.pollMax()) > 0 ? pace.pollMax() : pause;
    }
}
