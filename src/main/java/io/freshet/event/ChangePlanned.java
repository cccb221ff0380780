package io.freshet.event;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * What a batch leads to.
 *
 * @param datasets tokens of the datasets that are affected
 * @param reports tokens of the reports that will be run
 * @param datasetsFirst whether any of the datasets is run before its reports
 */
public record ChangePlanned(
        BatchKey batch,
        Target target,
        ChangeRefs changes,
        List<String> datasets,
        List<String> reports,
        List<LeftOut> leftOut,
        boolean datasetsFirst,
        Instant plannedAt)
        implements BatchEvent {

    public ChangePlanned {
        datasets = List.copyOf(datasets);
        reports = List.copyOf(reports);
        leftOut = List.copyOf(leftOut);
    }

    @Override
    public <T> T fold(Function<ChangePlanned, T> planned, Function<ChangeSettled, T> settled) {
        return planned.apply(this);
    }
}
