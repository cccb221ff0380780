package io.freshet.event;

/** One "upstream data changed" event: in which workspace, what, the change's identity and time, and who traces it. */
public record Change(String account, Target target, ChangeRef cause, Traces traces) {}
