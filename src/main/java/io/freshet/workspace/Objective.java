package io.freshet.workspace;

import java.time.Duration;
import java.util.Set;

/**
 * How fresh some reports must be: they show each change that concerns them when it is so old at the latest.
 *
 * @param reports tokens of reports that it is for
 * @param spaces tokens of Collections, of whose reports it is for each
 * @param dataSources tokens of data sources: it is for every report, as far as that shows datasets of these
 */
public record Objective(
        String name,
        String account,
        Set<String> reports,
        Set<String> spaces,
        Set<String> dataSources,
        Duration within) {

    public Objective {
        reports = Set.copyOf(reports);
        spaces = Set.copyOf(spaces);
        dataSources = Set.copyOf(dataSources);
    }
}
