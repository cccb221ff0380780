package io.freshet.ledger;

import io.freshet.event.Change;
import io.freshet.event.ChangeKey;
import io.freshet.event.ReportKey;
import io.freshet.state.ReportState;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What is committed of one partition: all of its workspaces, and how far its inbox is read. */
final class PartitionState {

    private final Map<ReportKey, ReportState> reports;
    private final Map<ChangeKey, Change> changes;
    private final Set<String> quarantined;
    private long position;

    PartitionState(RestoredPartition restored) {
        this.reports = new HashMap<>(restored.reports());
        this.changes = new HashMap<>(restored.changes());
        this.quarantined = restored.quarantined();
        this.position = restored.position();
    }

    ReportState report(ReportKey report) {
        var known = reports.get(report);
        return known == null ? ReportState.unknown() : known;
    }

    /** One whose record can't be read counts as open: it isn't to be opened again over that record. */
    boolean isOpen(ChangeKey change) {
        return changes.containsKey(change) || isQuarantined(new StateKey.OfChange(change));
    }

    boolean isQuarantined(StateKey key) {
        return quarantined.contains(key.text());
    }

    long position() {
        return position;
    }

    void put(ReportKey report, ReportState state) {
        reports.put(report, state);
    }

    void open(ChangeKey key, Change change) {
        changes.put(key, change);
    }

    void close(ChangeKey key) {
        changes.remove(key);
    }

    void moveTo(long next) {
        position = next;
    }
}
