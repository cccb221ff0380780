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
 * @param held those of them that wait for a release first
 */
public record ChangePlanned(
        BatchKey batch,
        Target target,
        ChangeRefs changes,
        List<String> datasets,
        List<String> reports,
        List<LeftOut> leftOut,
        boolean datasetsFirst,
        List<HeldBack> held,
        Instant plannedAt)
        implements BatchEvent {

    public ChangePlanned {
        datasets = List.copyOf(datasets);
        reports = List.copyOf(reports);
        leftOut = List.copyOf(leftOut);
        held = List.copyOf(held);
    }

    @Override
    public <T> T fold(Function<ChangePlanned, T> planned, Function<ChangeSettled, T> settled) {
        return planned.apply(this);
    }
}
