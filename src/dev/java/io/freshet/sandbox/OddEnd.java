package io.freshet.sandbox;

/**
 * How the end of a run looks where it isn't as usual.
 *
 * @param hasTime whether {@code completed_at} is shown
 */
public record OddEnd(String state, boolean hasTime, String pythonState) {}
