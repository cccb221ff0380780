package io.freshet.api.admin;

import io.freshet.api.Problem;
import io.freshet.event.StoredDeadLetter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are to be written to their topics again; all that is left out doesn't matter.
 *
 * @param code only those with this one
 * @param topic only those that came from this one of the two input topics
 * @param partition of the dead-letter topic
 * @param fromOffset the first, in that partition
 * @param toOffset the last, in that partition
 * @param limit how many at most, else 100
 * @param dryRun true unless it is said to be false: nothing is written
 * @param force also those that were redriven three times or more
 */
@RegisterForReflection // read from bytes, so Quarkus can't see it
record RedriveRequest(
        @Nullable String code,
        @Nullable String topic,
        @Nullable Integer partition,
        @Nullable Long fromOffset,
        @Nullable Long toOffset,
        @Nullable Integer limit,
        @Nullable Boolean dryRun,
        @Nullable Boolean force) {

    static final int MOST = 1_000;
    static final int USUAL = 100;

    void check() {
        if (partition == null && (fromOffset != null || toOffset != null)) {
            throw Problem.wrong("from_offset and to_offset count within a partition: name it.");
        }
        if ((partition != null && partition < 0) || first() < 0 || last() < first()) {
            throw Problem.wrong("partition, from_offset and to_offset must not be negative, nor the range empty.");
        }
        if (most() < 1 || most() > MOST) {
            throw Problem.wrong("limit must be a whole number from 1 to %d.".formatted(MOST));
        }
    }

    boolean isDry() {
        return !Boolean.FALSE.equals(dryRun);
    }

    boolean isForced() {
        return Boolean.TRUE.equals(force);
    }

    int most() {
        return Objects.requireNonNullElse(limit, USUAL);
    }

    long first() {
        return Objects.requireNonNullElse(fromOffset, 0L);
    }

    long last() {
        return Objects.requireNonNullElse(toOffset, Long.MAX_VALUE);
    }

    boolean wants(StoredDeadLetter letter) {
        var offset = letter.buried().offset();
        return letter.isMeant(code, topic) && offset >= first() && offset <= last();
    }
}
