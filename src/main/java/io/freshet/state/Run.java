package io.freshet.state;

import io.freshet.event.RunError;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One sighting of a run in Mode.
 *
 * @param modeState the state as Mode said it
 * @param createdAt by Mode's clock; absent where Mode didn't say
 * @param completedAt by Mode's clock; absent while the run is open
 * @param executedBy whom Mode names as the executor; absent where it names none
 * @param datasetTokens which datasets the run names; absent where Mode doesn't show it
 * @param error why it failed; absent unless it did, and Mode was asked and said
 */
public record Run(
        String token,
        String modeState,
        Status status,
        Optional<Instant> createdAt,
        Optional<Instant> completedAt,
        Optional<String> executedBy,
        Optional<SortedSet<String>> datasetTokens,
        Optional<RunError> error) {

    public Run {
        datasetTokens = datasetTokens.map(tokens -> Collections.unmodifiableSortedSet(new TreeSet<>(tokens)));
    }

    /** One of which nobody has said why it failed. */
    public Run(
            String token,
            String modeState,
            Status status,
            Optional<Instant> createdAt,
            Optional<Instant> completedAt,
            Optional<String> executedBy,
            Optional<SortedSet<String>> datasetTokens) {
        this(token, modeState, status, createdAt, completedAt, executedBy, datasetTokens, Optional.empty());
    }

    /** The same, which failed because of this. */
    public Run because(Optional<RunError> why) {
        return new Run(token, modeState, status, createdAt, completedAt, executedBy, datasetTokens, why);
    }

    public boolean hasFailed() {
        return status == Status.FAILED;
    }

    /** As Mode says, or else now; but by our clock it was in this time, whatever Mode's shows. */
    Instant createdBetween(Instant first, Instant now) {
        var said = createdAt.filter(at -> at.isBefore(now)).orElse(now);
        return said.isBefore(first) ? first : said;
    }

    /** As Mode says, or else now; but clocks differ, and no run is told to have ended before it was accepted. */
    Instant endedAt(Instant acceptedAt, Instant now) {
        var said = completedAt.orElse(now);
        return said.isBefore(acceptedAt) ? acceptedAt : said;
    }

    /** How long it took from its beginning to its end; empty if that is no time at all. */
    Optional<Duration> took(Instant acceptedAt, Instant now) {
        return Optional.of(Duration.between(
                        createdAt.orElse(acceptedAt), completedAt.orElseGet(() -> endedAt(acceptedAt, now))))
                .filter(took -> !took.isNegative() && !took.isZero());
    }

    /** What a run's state says about its end. A state that nobody has heard of is open. */
    public enum Status {
        OPEN,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }
}
