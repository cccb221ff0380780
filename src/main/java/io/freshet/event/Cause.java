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
 */
public record Cause(
        String source,
        String id,
        Instant changedAt,
        @Nullable String reason) {}
