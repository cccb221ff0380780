package io.freshet.plan;

import io.freshet.event.LeftOut;
import io.freshet.event.ReportKey;
import io.freshet.state.RefreshRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What a batch leads to.
 *
 * @param requests what is refreshed: first the datasets that are run by themselves, then the reports, each in the order of tokens
 * @param awaits which of these datasets a report waits for, where it does
 * @param datasets what is done with each dataset that is affected, by token
 * @param leftOut what the batch concerns, and is not refreshed
 */
public record RefreshPlan(
        Map<ReportKey, RefreshRequest> requests,
        Map<ReportKey, SortedSet<String>> awaits,
        SortedMap<String, DatasetDecision> datasets,
        List<LeftOut> leftOut) {

    public RefreshPlan {
        requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
        awaits = Map.copyOf(awaits);
        datasets = Collections.unmodifiableSortedMap(new TreeMap<>(datasets));
        leftOut = List.copyOf(leftOut);
    }

    /** How many datasets are run before their reports. */
    public int datasetsFirst() {
        return (int) requests.keySet().stream().filter(ReportKey::isDataset).count();
    }

    /** How many reports are run. */
    public int reports() {
        return requests.size() - datasetsFirst();
    }
}
