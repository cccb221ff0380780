package io.freshet.ledger;

import io.freshet.lineage.LineageKey;
import io.freshet.lineage.LineageRun;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What one transaction makes of runs of OpenLineage. */
final class StagedLineage {

    private final Map<LineageKey, Optional<LineageRun>> runs = new LinkedHashMap<>();

    /** An absent one is needed no more. */
    Map<LineageKey, Optional<LineageRun>> runs() {
        return runs;
    }

    /** The transaction was committed. */
    void applyTo(Function<LineageKey, PartitionState> states) {
        runs.forEach((key, run) -> states.apply(key).lineage(key.account()).change(key.run(), run));
    }
}
