package io.freshet.sandbox;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How datasets are run, and what of that can be seen. How long it takes, and how it ends, {@link RunClock} says, as for
 * reports.
 */
public final class DatasetRuns {

    private static final Set<Integer> REFUSALS = Set.of(403, 404, 405);

    private final SandboxWorkspace workspace;

    DatasetRuns(SandboxWorkspace workspace) {
        this.workspace = workspace;
    }

    /** From now on. At first they {@link ReportRuns#LOAD}. */
    public void reportRuns(ReportRuns reading) {
        change(contents -> contents.reportRuns = reading);
    }

    public void lastRunsTold(LastRunsTold where) {
        change(contents -> contents.lastRunsTold = where);
    }

    /** Mode's own schedule runs it: first when this time has passed, and then again and again. */
    public void schedule(String dataset, Duration every) {
        change(contents -> contents.runs.schedule(known(contents, dataset), every, contents::newToken));
    }

    /** Its owner runs it now. */
    public SandboxRun runByHand(String dataset) {
        return workspace.locked(contents -> contents.start(known(contents, dataset), Set.of(), Contents.OWNER));
    }

    /** Its owner ran it that long ago, and nobody has since. */
    public SandboxRun ranBefore(String dataset, Duration ago) {
        return workspace.locked(contents -> contents.runs.ran(contents.newToken(), known(contents, dataset), ago));
    }

    /** Who wants to run it is answered 403, 404 or 405. */
    public void refuse(String dataset, int status) {
        if (!REFUSALS.contains(status)) {
            throw new IllegalArgumentException("no refusal: " + status);
        }
        change(contents -> contents.refusals.put(known(contents, dataset), status));
    }

    public void accept(String dataset) {
        change(contents -> contents.refusals.remove(dataset));
    }

    /**
     * What the first query of its failed runs says, instead of the usual.
     *
     * @param token of a dataset or a report
     */
    public void failsWith(String token, String errorCode, String errorMessage) {
        change(contents -> contents.queryErrors.put(token, new QueryError(errorCode, errorMessage)));
    }

    /**
     * What people see since this run of a report: of each dataset the run that its rows come from. A dataset that had never
     * been run well is missing.
     */
    public Map<String, SandboxRun> shownBy(String reportRun) {
        return workspace.locked(contents -> contents.runs.shownBy(reportRun));
    }

    private static String known(Contents contents, String dataset) {
        return Optional.ofNullable(contents.datasets.get(dataset))
                .map(Dataset::token)
                .orElseThrow(() -> new IllegalArgumentException("no dataset " + dataset));
    }

    private void change(Consumer<Contents> deed) {
        workspace.locked(contents -> {
            deed.accept(contents);
            return contents;
        });
    }
}
