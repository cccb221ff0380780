package io.freshet.ledger;

import io.freshet.event.FactKey;
import io.freshet.event.WorkspaceFact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which keys are told of, as nobody has been told yet: those that can't be read, and those that can be again. */
final class QuarantineNews {

    private static final String WHY =
            "its record can't be read, and nothing is done for it: see Quarantined keys in docs/runbook.md";
    private static final String OVER = "its record can be read, or is gone";

    private QuarantineNews() {}

    /** @param facts what was told of before is among them */
    static List<LedgerEntry> of(Set<String> quarantined, Collection<WorkspaceFact> facts) {
        var told = facts.stream()
                .map(WorkspaceFact::key)
                .filter(key -> key.kind() == FactKey.Kind.QUARANTINED)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        var news = new ArrayList<LedgerEntry>();
        quarantined.stream()
                .sorted()
                .flatMap(name -> StateKey.parse(name).stream())
                .flatMap(key -> FactKey.quarantined(key.account(), key.text()).stream())
                .filter(key -> !told.remove(key))
                .forEach(key -> news.add(new LedgerEntry.FactAdded(key, WHY, Optional.empty())));
        told.forEach(key -> news.add(new LedgerEntry.FactTakenBack(key, OVER, Optional.empty())));
        return news;
    }
}
