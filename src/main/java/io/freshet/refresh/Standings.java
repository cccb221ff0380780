package io.freshet.refresh;

import io.freshet.event.ReportKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Where all the reports of this replica stand, for those who only look. Safe for several threads. */
public interface Standings {

    /** A copy. */
    Map<ReportKey, Standing> all();

    /** How many reports are in each state. */
    Map<String, Integer> census();

    /** Since when the report that waits longest to be posted has done so; empty where none waits. */
    Optional<Instant> waitingSince();
}
