package io.freshet.workspace;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A Mode workspace.
 *
 * @param account its username in Mode, which is the first path segment of every call
 * @param url root of the API host, without {@code /api}
 * @param credentials read for every call, so that a rotated credential needs no restart
 * @param datasetsFirst whether datasets are run before the reports that import them
 * @param precision whether a change that names tables is for the datasets that mention them only
 * @param rules what may be run
 * @param requests so many calls may be made in any {@code period}
 * @param names whether reports and datasets are told by name
 */
public record Workspace(
        String account,
        URI url,
        Supplier<Credentials> credentials,
        DatasetsFirst datasetsFirst,
        TablePrecision precision,
        RunRules rules,
        int requests,
        Duration period,
        boolean names) {

    public Workspace with(Supplier<Credentials> others) {
        return new Workspace(account, url, others, datasetsFirst, precision, rules, requests, period, names);
    }

    @Override
    public String toString() {
        return account + " at " + url;
    }
}
