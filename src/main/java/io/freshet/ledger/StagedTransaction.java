package io.freshet.ledger;

import io.freshet.event.BatchEvent;
import io.freshet.event.BatchKey;
import io.freshet.event.Change;
import io.freshet.event.ChangeKey;
import io.freshet.event.FactKey;
import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.event.WorkspaceChanged;
import io.freshet.event.WorkspaceFact;
import io.freshet.lineage.LineageKey;
import io.freshet.lineage.LineageRun;
import io.freshet.state.OpenBatch;
import io.freshet.state.ReportState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What a batch of entries comes to: all of it is written in one transaction, or none of it. It remembers which entry
 * brought what, so that one which can't be written is known.
 */
final class StagedTransaction {

    /** What an entry, or a part of one, brings. */
    record OfEntry<T>(Origin origin, T what) {}

    private final Map<ReportKey, Optional<ReportState>> reports = new LinkedHashMap<>();
    private final Map<ChangeKey, Optional<Change>> changes = new LinkedHashMap<>();
    private final Map<BatchKey, StagedBatch> batches = new LinkedHashMap<>();
    private final Map<ChangeKey, BatchKey> batchByChange = new HashMap<>();
    private final Map<FactKey, Optional<WorkspaceFact>> facts = new LinkedHashMap<>();
    private final Map<LineageKey, Optional<LineageRun>> lineage = new LinkedHashMap<>();
    private final Map<StateKey, OfEntry<Optional<Supplier<byte[]>>>> saved = new LinkedHashMap<>();
    private final Set<BatchKey> unfinished = new LinkedHashSet<>();
    private final StagedReleases releases;
    private final StagedObjectives objectives = new StagedObjectives();
    private final Map<BatchKey, OpenBatch> unproved = new LinkedHashMap<>();
    private final Map<Integer, Long> positions = new HashMap<>();
    private final List<OfEntry<RunEvent>> told = new ArrayList<>();
    private final List<OfEntry<BatchEvent>> toldOfBatches = new ArrayList<>();
    private final List<OfEntry<WorkspaceChanged>> toldOfWorkspaces = new ArrayList<>();
    private final List<OfEntry<ProducerRecord<byte[], byte[]>>> forwarded = new ArrayList<>();
    private final List<OfEntry<Change>> tooLarge = new ArrayList<>();
    private final List<Change> conflicts = new ArrayList<>();
    private final List<EntryResult> results = new ArrayList<>();

    /** @param setAside what can't be written */
    StagedTransaction(Set<Origin> setAside) {
        this.releases = new StagedReleases(setAside);
    }

    Origin origin() {
        return releases.origin(results.size());
    }

    /** The record of the key will be this. It is made when all entries are staged. */
    void save(StateKey key, Supplier<byte[]> value) {
        saved.put(key, new OfEntry<>(origin(), Optional.of(value)));
    }

    /** The record of the key goes. */
    void remove(StateKey key) {
        saved.put(key, new OfEntry<>(origin(), Optional.empty()));
    }

    /** An absent one is taken back. */
    Map<FactKey, Optional<WorkspaceFact>> facts() {
        return facts;
    }

    /** An absent run of OpenLineage is needed no more. */
    Map<LineageKey, Optional<LineageRun>> lineage() {
        return lineage;
    }

    /** An absent state is that of a report which is forgotten. */
    Map<ReportKey, Optional<ReportState>> reports() {
        return reports;
    }

    /** An absent change is one that is open no longer. */
    Map<ChangeKey, Optional<Change>> changes() {
        return changes;
    }

    Map<BatchKey, StagedBatch> batches() {
        return batches;
    }

    /** Of the batches that are planned in this transaction. */
    Map<ChangeKey, BatchKey> batchByChange() {
        return batchByChange;
    }

    /** An absent value is that of a record that goes. */
    Map<StateKey, OfEntry<Optional<Supplier<byte[]>>>> saved() {
        return saved;
    }

    /** Batches that are over, and have more changes than one transaction tells as settled. */
    Set<BatchKey> unfinished() {
        return unfinished;
    }

    StagedReleases releases() {
        return releases;
    }

    StagedObjectives objectives() {
        return objectives;
    }

    /** The batch is over, and whether its datasets are fresh is to be found out before it is settled. */
    void unproved(OpenBatch batch) {
        unproved.put(batch.key(), batch);
    }

    Collection<OpenBatch> unproved() {
        return unproved.values();
    }

    void forward(ProducerRecord<byte[], byte[]> record) {
        forwarded.add(new OfEntry<>(origin(), record));
    }

    /** A change that can't be saved, and is told of instead. */
    void refuse(Change change) {
        tooLarge.add(new OfEntry<>(origin(), change));
    }

    void tell(RunEvent event) {
        told.add(new OfEntry<>(origin(), event));
    }

    void tell(BatchEvent event) {
        toldOfBatches.add(new OfEntry<>(origin(), event));
    }

    void tell(WorkspaceChanged event) {
        toldOfWorkspaces.add(new OfEntry<>(origin(), event));
    }

    /** Per partition of the inbox, the offset of the record to be read next. */
    Map<Integer, Long> positions() {
        return positions;
    }

    List<OfEntry<RunEvent>> told() {
        return told;
    }

    List<OfEntry<BatchEvent>> toldOfBatches() {
        return toldOfBatches;
    }

    List<OfEntry<WorkspaceChanged>> toldOfWorkspaces() {
        return toldOfWorkspaces;
    }

    List<OfEntry<ProducerRecord<byte[], byte[]>>> forwarded() {
        return forwarded;
    }

    List<OfEntry<Change>> tooLarge() {
        return tooLarge;
    }

    /** Changes that have no effect, as another one with another target was known under their identity. */
    List<Change> conflicts() {
        return conflicts;
    }

    /** One per entry, in order. */
    List<EntryResult> results() {
        return results;
    }

    boolean isEmpty() {
        return saved.isEmpty()
                && positions.isEmpty()
                && told.isEmpty()
                && toldOfBatches.isEmpty()
                && toldOfWorkspaces.isEmpty()
                && forwarded.isEmpty();
    }
}
