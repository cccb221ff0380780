package io.freshet.lineage;

import io.freshet.event.RecordPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a run from its events so far: each says more, and any of them may be missing or come twice.
 *
 * @param completedAt when it ended well, while what follows from that is to be found; empty before and after
 * @param isMatched whether that was found, and nothing more was heard since: it is known for its outputs only
 * @param seenAt when an event of it came, about
 * @param place where the record lies that said so
 */
public record LineageRun(
        Job job, Outputs outputs, Optional<Instant> completedAt, boolean isMatched, Instant seenAt, RecordPlace place) {

    /** A run of which nothing is heard for so long is over, and how it ended won't be known. */
    static final Duration REMEMBERED = Duration.ofHours(6);

    /** When it was seen last is saved again only after this long. */
    private static final Duration UNSAVED = Duration.ofHours(1);

    private static final int BYTES = 600;

    /**
     * With one event more. Empty if nothing of it is needed any more: it has failed, or it has ended and nothing was written.
     */
    public static Optional<LineageRun> after(Optional<LineageRun> before, RunUpdate event, Instant now) {
        if (event.phase().isBroken()) {
            return before.filter(LineageRun::isComplete);
        }
        var outputs = before.map(LineageRun::outputs).orElse(Outputs.NONE).and(event.outputs());
        if (outputs.isEmpty()) {
            return Optional.empty();
        }
        return event.phase() == RunPhase.COMPLETE
                ? Optional.of(new LineageRun(event.job(), outputs, Optional.of(event.at()), false, now, event.place()))
                : Optional.of(open(before, outputs, event, now));
    }

    private static LineageRun open(Optional<LineageRun> before, Outputs outputs, RunUpdate event, Instant now) {
        return before.map(known -> known.outputs.equals(outputs)
                                && known.seenAt.plus(UNSAVED).isAfter(now)
                        ? known
                        : new LineageRun(
                                known.job, outputs, known.completedAt, known.isStillMatched(outputs), now, known.place))
                .orElseGet(() -> new LineageRun(event.job(), outputs, Optional.empty(), false, now, event.place()));
    }

    private boolean isStillMatched(Outputs now) {
        return isMatched && outputs.equals(now);
    }

    /**
     * Once its changes are open. If its end is told again with a part of its outputs, it is known what the others were, so that
     * the same changes follow.
     */
    public LineageRun matched(Instant now) {
        return new LineageRun(job, outputs, Optional.empty(), true, now, place);
    }

    public boolean isComplete() {
        return completedAt.isPresent();
    }

    /** Whether it is to be forgotten. What has ended well waits for as long as it takes. */
    boolean isOutdated(Instant now) {
        return !isComplete() && seenAt.plus(REMEMBERED).isBefore(now);
    }

    /** About how much memory it takes. */
    int bytes() {
        return BYTES + 2 * outputs.bytes();
    }
}
