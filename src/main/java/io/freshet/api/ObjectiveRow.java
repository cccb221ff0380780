package io.freshet.api;

import io.freshet.view.UnshownReport;
import io.freshet.workspace.Objective;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An objective, and the reports that have not shown a change yet.
 *
 * @param withinSeconds how old a change may become before its reports show it
 * @param reports those that it names
 * @param spaces Collections of whose reports it is for each
 * @param dataSources data sources of which it is for every report that shows their datasets
 * @param unshownCount how many reports haven't shown a change that it counts
 * @param lateCount for how many of these it was told that they are late
 * @param unshown the {@value #MOST} that are due first
 */
record ObjectiveRow(
        String name,
        String account,
        double withinSeconds,
        List<String> reports,
        List<String> spaces,
        List<String> dataSources,
        int unshownCount,
        int lateCount,
        List<Unshown> unshown) {

    static final int MOST = 100;

    /**
     * @param name of the report; absent if it isn't known
     * @param changedAt when the oldest change was made that it hasn't shown
     * @param due when it will be late, or was
     * @param lateSince when it was told that it is late; absent if it wasn't
     */
    record Unshown(
            String reportToken,
            @Nullable String name,
            String source,
            String id,
            Instant changedAt,
            Instant due,
            @Nullable Instant lateSince) {

        static Unshown of(UnshownReport report, Objective objective, @Nullable Instant lateSince) {
            var change = report.oldest();
            return new Unshown(
                    report.report(),
                    null,
                    change.source(),
                    change.id(),
                    change.changedAt(),
                    change.changedAt().plus(objective.within()),
                    lateSince);
        }

        private Unshown named(Optional<String> known) {
            return new Unshown(reportToken, known.orElse(null), source, id, changedAt, due, lateSince);
        }
    }

    /**
     * @param unshown in the order in which they are due
     * @param name of a report by its token, if it is known
     */
    static ObjectiveRow of(Objective objective, List<Unshown> unshown, Function<String, Optional<String>> name) {
        return new ObjectiveRow(
                objective.name(),
                objective.account(),
                objective.within().toMillis() / 1000.0,
                sorted(objective.reports()),
                sorted(objective.spaces()),
                sorted(objective.dataSources()),
                unshown.size(),
                (int) unshown.stream().filter(one -> one.lateSince() != null).count(),
                unshown.stream()
                        .limit(MOST)
                        .map(one -> one.named(name.apply(one.reportToken())))
                        .toList());
    }

    private static List<String> sorted(Collection<String> tokens) {
        return tokens.stream().sorted().toList();
    }
}
