package io.freshet.ledger;

import io.freshet.event.FreshnessChanged;
import io.freshet.event.ReportKey;
import io.freshet.ledger.StagedTransaction.OfEntry;
import io.freshet.state.Unshown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What one transaction makes of reports under objectives, and tells of it. */
final class StagedObjectives {

    private final Map<ReportKey, Unshown> unshown = new LinkedHashMap<>();
    private final List<OfEntry<FreshnessChanged>> told = new ArrayList<>();

    Map<ReportKey, Unshown> unshown() {
        return unshown;
    }

    List<OfEntry<FreshnessChanged>> told() {
        return told;
    }

    /** The transaction was committed. */
    void applyTo(Function<ReportKey, PartitionState> states) {
        unshown.forEach((report, now) -> states.apply(report).change(report, now));
    }
}
