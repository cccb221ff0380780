package io.freshet.state;

import static java.util.Objects.requireNonNull;

import io.freshet.event.Identities;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a report keeps from run to run.
 *
 * @param covered the changes that a run, or a rejection, has already answered: one that comes again is no news
 * @param lastRun token of the run that was followed last, which can't be the answer to a later POST
 * @param executedBy whom Mode named as the executor of our last run, to tell a person's run from ours
 * @param runtime how long the last successful run took: when to ask first about the next one
 */
public record ReportHistory(
        Identities covered,
        @Nullable String lastRun,
        @Nullable String executedBy,
        @Nullable Duration runtime) {

    public static final ReportHistory EMPTY = new ReportHistory(Identities.none(), null, null, null);

    public ReportHistory {
        requireNonNull(covered, "covered");
    }

    ReportHistory covering(RefreshRequest request) {
        return new ReportHistory(covered.and(request.causes().identities()), lastRun, executedBy, runtime);
    }

    ReportHistory ofRun(Run run) {
        return new ReportHistory(covered, run.token(), run.executedBy().orElse(executedBy), runtime);
    }

    ReportHistory tookFor(Duration took) {
        return new ReportHistory(covered, lastRun, executedBy, took);
    }

    /** How long a run for this request will take: what was measured of this report, else what Mode expects of its datasets. */
    Optional<Duration> expectedRuntime(RefreshRequest request) {
        return Optional.ofNullable(runtime).or(request::expectedRuntime);
    }
}
