package io.freshet.schedule;

import io.freshet.event.Kind;
import io.freshet.event.ReportKey;
import io.freshet.state.ReportState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Where all the reports of this replica stand, for those who only look. Safe for several threads. */
public interface ReportStates {

    /** A copy. */
    Map<ReportKey, ReportState> all();

    /** How many of a kind are in each state. */
    Map<String, Integer> census(Kind kind);

    /** Since when the report that waits longest to be posted has done so; empty where none waits. */
    Optional<Instant> waitingSince();
}
