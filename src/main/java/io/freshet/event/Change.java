package io.freshet.event;

/** One "upstream data changed" event: in which workspace, what, and the change's identity and time. */
public record Change(String account, Target target, Cause cause) {}
