package io.freshet.event;

/**
 * What is planned, and waits for a release.
 *
 * @param kind {@code report} or {@code dataset}
 * @param hold what is held: it, its workspace, or a data source whose changes it is to be run for
 */
public record HeldBack(String token, String kind, Subject hold) {}
