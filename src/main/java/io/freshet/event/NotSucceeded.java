package io.freshet.event;

import org.jspecify.annotations.Nullable;

/**
 * One part of what a change meant that did not end well.
 *
 * @param kind what the token is of: {@code report}, {@code dataset}, or for a refused change what it named
 * @param outcome how the run ended; {@code left_out} or {@code refused} where there was none
 * @param reason one word for machines
 */
public record NotSucceeded(
        String token,
        String kind,
        String outcome,
        String reason,
        @Nullable String runToken) {

    /** How many of them are told and kept. */
    public static final int MOST = 20;
}
