package io.freshet.api;

import io.smallrye.mutiny.Multi;

/**
 * Server-sent events, spelled out already.
 *
 * @param pieces each is one or several whole events
 */
public record EventStream(Multi<byte[]> pieces) {}
