package io.freshet.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a batch leads to.
 *
 * @param datasets tokens of the datasets that are affected
 * @param reports tokens of the reports that will be run
 * @param held those of them that wait for a release first
 * @param datasetsFirst whether any of the datasets is run before its reports
 * @param names what people call datasets, reports and the target in Mode, by token, as far as that is known
 * @param why a dataset is affected, by token, where that isn't because all of the target has changed
 */
public record ChangePlanned(
        BatchKey batch,
        Target target,
        ChangeRefs changes,
        List<String> datasets,
        List<String> reports,
        List<LeftOut> leftOut,
        List<HeldBack> held,
        boolean datasetsFirst,
        Map<String, String> names,
        Map<String, String> why,
        Instant plannedAt)
        implements BatchEvent {

    public ChangePlanned {
        datasets = List.copyOf(datasets);
        reports = List.copyOf(reports);
        leftOut = List.copyOf(leftOut);
        names = Map.copyOf(names);
        why = Map.copyOf(why);
        held = List.copyOf(held);
    }

    @Override
    public <T> T fold(Function<ChangePlanned, T> planned, Function<ChangeSettled, T> settled) {
        return planned.apply(this);
    }
}
