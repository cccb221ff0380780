package io.freshet.ledger;

import io.freshet.event.Change;
import io.freshet.event.ChangeKey;
import io.freshet.event.FactKey;
import io.freshet.event.ReportKey;
import io.freshet.event.WorkspaceFact;
import io.freshet.lineage.WorkspaceRuns;
import io.freshet.state.ReportState;
import io.freshet.state.Unshown;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is committed of one partition: all of its workspaces, and how far its inbox is read. */
final class PartitionState {

    private final Map<ReportKey, ReportState> reports;
    private final Map<ChangeKey, Change> changes;
    private final Map<String, WorkspaceBatches> batches = new HashMap<>();
    private final Map<FactKey, WorkspaceFact> facts = new HashMap<>();
    private final Map<ReportKey, Unshown> unshown;
    private final Map<String, WorkspaceRuns> lineage = new HashMap<>();
    private final AwaitingReports awaiting = new AwaitingReports();
    private final Set<String> quarantined;
    private long position;

    PartitionState(RestoredPartition restored) {
        this.reports = new HashMap<>(restored.reports());
        restored.reports().forEach((report, state) -> awaiting.moved(report, ReportState.unknown(), state));
        this.changes = new HashMap<>(restored.changes());
        this.unshown = new HashMap<>(restored.unshown());
        this.quarantined = restored.quarantined();
        this.position = restored.position();
        restored.lineage().forEach((key, run) -> lineage(key.account()).change(key.run(), Optional.of(run)));
        restored.facts().forEach(fact -> facts.put(fact.key(), fact));
        restored.batches().forEach((key, batch) -> batches(key.account()).put(batch));
        restored.remembered().forEach((account, settled) -> settled.forEach(batches(account)::remember));
        quarantined.forEach(key -> StateKey.parse(key)
                .filter(StateKey.OfBatch.class::isInstance)
                .map(StateKey.OfBatch.class::cast)
                .ifPresent(taken ->
                        batches(taken.account()).countFrom(taken.batch().number())));
    }

    Map<ReportKey, ReportState> reports() {
        return reports;
    }

    ReportState report(ReportKey report) {
        var known = reports.get(report);
        return known == null ? ReportState.unknown() : known;
    }

    Optional<Change> change(ChangeKey key) {
        return Optional.ofNullable(changes.get(key));
    }

    Optional<WorkspaceFact> fact(FactKey key) {
        return Optional.ofNullable(facts.get(key));
    }

    void change(FactKey key, Optional<WorkspaceFact> fact) {
        fact.ifPresentOrElse(known -> facts.put(key, known), () -> facts.remove(key));
    }

    /** What a report under objectives hasn't shown; nothing if it is under none. */
    Unshown unshown(ReportKey report) {
        return unshown.getOrDefault(report, Unshown.NOTHING);
    }

    void change(ReportKey report, Unshown now) {
        if (now.isNothing()) {
            unshown.remove(report);
        } else {
            unshown.put(report, now);
        }
    }

    /** Runs of OpenLineage, of each workspace that has had any. */
    Map<String, WorkspaceRuns> lineage() {
        return lineage;
    }

    WorkspaceRuns lineage(String account) {
        return lineage.computeIfAbsent(account, first -> new WorkspaceRuns());
    }

    /** Those of a workspace, which may have none so far. */
    WorkspaceBatches batches(String account) {
        return batches.computeIfAbsent(account, first -> new WorkspaceBatches());
    }

    /** Of each workspace that has had any. */
    Map<String, WorkspaceBatches> batches() {
        return batches;
    }

    boolean isQuarantined(StateKey key) {
        return !quarantined.isEmpty() && quarantined.contains(key.text());
    }

    long position() {
        return position;
    }

    void put(ReportKey report, ReportState state) {
        var before = reports.put(report, state);
        awaiting.moved(report, before == null ? ReportState.unknown() : before, state);
    }

    /** Which reports wait for runs of datasets. */
    AwaitingReports awaiting() {
        return awaiting;
    }

    void forget(ReportKey report) {
        reports.remove(report);
    }

    void open(ChangeKey key, Change change) {
        changes.put(key, change);
    }

    void close(ChangeKey key) {
        changes.remove(key);
    }

    void apply(StagedBatch staged) {
        var own = batches(staged.key().account());
        if (staged instanceof StagedBatch.Open open) {
            own.put(open.batch());
        } else if (staged instanceof StagedBatch.Settled settled) {
            own.remember(RememberedBatch.of(settled.batch(), settled.settlement()));
        } else if (staged instanceof StagedBatch.Forgotten forgotten) {
            own.forget(forgotten.batch());
        }
    }

    void moveTo(long next) {
        position = next;
    }
}
