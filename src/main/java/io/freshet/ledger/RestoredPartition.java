package io.freshet.ledger;

import io.freshet.event.BatchKey;
import io.freshet.event.Change;
import io.freshet.event.ChangeKey;
import io.freshet.event.ReportKey;
import io.freshet.event.WorkspaceFact;
import io.freshet.lineage.LineageKey;
import io.freshet.lineage.LineageRun;
import io.freshet.state.OpenBatch;
import io.freshet.state.ReportState;
import io.freshet.state.RequestLimit;
import io.freshet.state.TrackingPolicy;
import io.freshet.state.Unshown;
import io.freshet.tables.DatasetSql;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was read back of one partition, in the order of the log: a map that shuffled it would be a die that no seed rules.
 *
 * @param changes those that are open, in a batch or not
 * @param batches those that are open, with the progress that follows from the reports
 * @param remembered those that are settled, by account
 * @param facts what is known of its workspaces
 * @param unshown what reports under objectives haven't shown
 * @param sql what is known of the SQL of datasets
 * @param lineage runs of OpenLineage from which changes may follow
 * @param limits by account
 * @param quarantined keys whose last record can't be read: nothing is done for them
 * @param position the offset of the inbox record to be read next
 */
public record RestoredPartition(
        Map<ReportKey, ReportState> reports,
        Map<ChangeKey, Change> changes,
        Map<BatchKey, OpenBatch> batches,
        Map<String, List<RememberedBatch>> remembered,
        List<WorkspaceFact> facts,
        Map<ReportKey, Unshown> unshown,
        Map<ReportKey, DatasetSql> sql,
        Map<LineageKey, LineageRun> lineage,
        Map<String, RequestLimit> limits,
        Set<String> quarantined,
        long position) {

    public RestoredPartition {
        reports = Collections.unmodifiableMap(reports);
        changes = Collections.unmodifiableMap(changes);
        batches = Collections.unmodifiableMap(batches);
        facts = List.copyOf(facts);
        unshown = Collections.unmodifiableMap(unshown);
        sql = Collections.unmodifiableMap(sql);
        lineage = Collections.unmodifiableMap(lineage);
        limits = Map.copyOf(limits);
        quarantined = Set.copyOf(quarantined);
    }

    /** The changes that are to be planned. */
    public List<Change> unplanned() {
        var planned = new HashSet<ChangeKey>();
        batches.values().forEach(batch -> {
            for (var digest : batch.members().digests()) {
                planned.add(new ChangeKey(batch.key().account(), digest));
            }
        });
        return changes.entrySet().stream()
                .filter(open -> !planned.contains(open.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /**
     * What is to be written at once: of keys that can't be read, or can be again; of reports that may have what they awaited; and
     * of batches that are over and not yet told.
     */
    List<LedgerEntry> unfinished() {
        var unfinished = new LinkedHashSet<LedgerEntry>(QuarantineNews.of(quarantined, facts));
        reports.forEach((report, state) -> state.memory()
                .awaiting()
                .keySet()
                .forEach(number -> unfinished.add(new LedgerEntry.Release(new BatchKey(report.account(), number)))));
        batches.values().stream()
                .filter(OpenBatch::isOver)
                .forEach(batch -> unfinished.add(new LedgerEntry.Settle(batch.key())));
        return List.copyOf(unfinished);
    }

    RestoredPartition readBack(Instant now, TrackingPolicy pace) {
        var readBack = new LinkedHashMap<>(reports);
        readBack.replaceAll((report, state) -> state.readBack(now, pace));
        return new RestoredPartition(
                readBack, changes, batches, remembered, facts, unshown, sql, lineage, limits, quarantined, position);
    }
}
