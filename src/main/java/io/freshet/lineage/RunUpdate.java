package io.freshet.lineage;

import io.freshet.event.RecordPlace;
import java.time.Instant;

/**
 * What an event says of a run, and no more than is needed of it.
 *
 * @param run names it; fit to stand in a key
 * @param place where the event's record lies
 */
public record RunUpdate(String run, RunPhase phase, Instant at, Job job, Outputs outputs, RecordPlace place) {}
