package io.freshet.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change, as it is named behind a refresh or a run.
 *
 * @param source with {@code id} the change's identity: CloudEvents' {@code source} and {@code id}, or where the record
 *     came without an envelope its topic, and its topic, partition and offset
 * @param changedAt when the data changed
 * @param reason carried along, never interpreted
 * @param dataSource the data source that it names, where it names one
 */
public record Cause(
        String source,
        String id,
        Instant changedAt,
        @Nullable String reason,
        @Nullable String dataSource) {

    /** Of a space or of datasets. */
    public Cause(String source, String id, Instant changedAt, @Nullable String reason) {
        this(source, id, changedAt, reason, null);
    }
}
