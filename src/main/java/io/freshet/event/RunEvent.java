package io.freshet.event;

import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;

/** What Freshet tells about the run of a report. */
public sealed interface RunEvent permits RunAccepted, RunFinished, RunRejected {

    ReportKey report();

    /** What people call it in Mode, if that is known. */
    Optional<String> name();

    SortedSet<String> datasetTokens();

    ChangeRefs changes();

    <T> T fold(Function<RunAccepted, T> accepted, Function<RunFinished, T> finished, Function<RunRejected, T> rejected);
}
