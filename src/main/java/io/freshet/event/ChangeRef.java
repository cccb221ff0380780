package io.freshet.event;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One change, as it is named behind a refresh or a run.
 *
 * @param source with {@code id} the change's identity: CloudEvents' {@code source} and {@code id}, or if the record
 *     came without an envelope its topic, and its topic, partition, offset and timestamp
 * @param changedAt when the data changed
 * @param reason carried along; one that says backfill lets others go first, and nothing else follows from it
 * @param dataSource the data source that it names, if it names one
 */
public record ChangeRef(
        String source,
        String id,
        Instant changedAt,
        @Nullable String reason,
        @Nullable String dataSource) {

    private static final Pattern BACKFILL = Pattern.compile("\\bback[-_ ]?fill", Pattern.CASE_INSENSITIVE);

    /** That names no data source. */
    public ChangeRef(String source, String id, Instant changedAt, @Nullable String reason) {
        this(source, id, changedAt, reason, null);
    }

    /** Its identity, fit to stand in a message. */
    public String shown() {
        return "source=" + SafeText.of(source) + " id=" + SafeText.of(id);
    }

    /** Whether its reason says that old data was loaded again, for which nobody waits. */
    public boolean isBackfill() {
        return reason != null && BACKFILL.matcher(reason).find();
    }
}
