package io.freshet.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.event.Change;
import io.freshet.event.ChangeJson;
import io.freshet.event.ChangeKey;
import io.freshet.event.FactKey;
import io.freshet.event.NewerReaderNeeded;
import io.freshet.event.ReportKey;
import io.freshet.event.StoredForm;
import io.freshet.event.WorkspaceFact;
import io.freshet.event.WorkspaceFactJson;
import io.freshet.lineage.LineageJson;
import io.freshet.lineage.LineageKey;
import io.freshet.lineage.LineageRun;
import io.freshet.state.RequestLimit;
import io.freshet.state.Unshown;
import io.freshet.tables.DatasetSql;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * What the records of a partition of the state topic come to, read one after the other. A key whose last record can't be
 * read is quarantined: an earlier record of it must not count again. One that only a later version may read is no matter of
 * its key alone: this replica may not work on the partition.
 */
final class PartitionImage {

    private static final Logger LOG = Logger.getLogger(PartitionImage.class);

    /** A report is read when all of its batches are. */
    private final Map<ReportKey, StoredReport> reports = new LinkedHashMap<>();

    private final Map<ChangeKey, Change> changes = new LinkedHashMap<>();
    private final RestoredBatches batches = new RestoredBatches();
    private final Map<FactKey, WorkspaceFact> facts = new LinkedHashMap<>();
    private final Map<ReportKey, Unshown> unshown = new LinkedHashMap<>();
    private final Map<ReportKey, DatasetSql> sql = new LinkedHashMap<>();
    private final Map<LineageKey, LineageRun> lineage = new LinkedHashMap<>();
    private final Map<String, RequestLimit> limits = new HashMap<>();
    private final Set<String> quarantined = new HashSet<>();
    private final Map<String, NewerReaderNeeded> newer = new LinkedHashMap<>();

    /** @param place where the record lies, for people */
    private record StoredReport(ByteBuffer value, String place) {}

    void enter(ConsumerRecord<byte[], byte[]> read) {
        if (StateLayout.isOf(read)) {
            return;
        }
        var name = read.key() == null ? "" : new String(read.key(), UTF_8);
        var key = StateKey.parse(name);
        quarantined.remove(name);
        newer.remove(name);
        key.ifPresent(this::forget);
        if (read.value() == null) {
            return;
        }
        var place = "%s-%d@%d".formatted(read.topic(), read.partition(), read.offset());
        if (key.isPresent()) {
            reading(key.get(), place, () -> put(key.get(), read.value(), place));
        } else {
            unknown(name, read.value(), place);
        }
    }

    private interface Reading {
        void read() throws IOException;
    }

    private void reading(StateKey key, String place, Reading reading) {
        try {
            reading.read();
        } catch (NewerReaderNeeded e) {
            newer.put(key.text(), e.of(key.text() + " (" + place + ")"));
        } catch (IOException | IllegalArgumentException e) {
            quarantined.add(key.text());
            LOG.errorf(
                    "key=%s is quarantined, nothing is posted for it: %s can't be read: %s. Have it forgotten as docs/runbook.md says",
                    key.text(), place, e.getMessage());
        }
    }

    /** Of a later version, and none that this one must know. */
    private void unknown(String name, byte[] value, String place) {
        try {
            StoredForm.read(value);
        } catch (NewerReaderNeeded e) {
            newer.put(name, e.of(name + " (" + place + ")"));
        } catch (IOException e) {
            LOG.errorf("%s has no key of Freshet's and is ignored: who else writes to this topic?", place);
        }
    }

    private void forget(StateKey key) {
        if (key instanceof StateKey.OfReport ofReport) {
            reports.remove(ofReport.report());
        } else if (key instanceof StateKey.OfChange ofChange) {
            changes.remove(ofChange.change());
        } else if (key instanceof StateKey.OfBatch ofBatch) {
            batches.forget(ofBatch.batch());
        } else if (key instanceof StateKey.OfFact ofFact) {
            facts.remove(ofFact.fact());
        } else if (key instanceof StateKey.OfUnshown ofUnshown) {
            unshown.remove(ofUnshown.report());
        } else if (key instanceof StateKey.OfSql ofSql) {
            sql.remove(ofSql.dataset());
        } else if (key instanceof StateKey.OfLineage ofLineage) {
            lineage.remove(ofLineage.run());
        } else {
            limits.remove(key.account());
        }
    }

    private void put(StateKey key, byte[] value, String place) throws IOException {
        if (key instanceof StateKey.OfReport ofReport) {
            reports.put(ofReport.report(), new StoredReport(ByteBuffer.wrap(value), place));
        } else if (key instanceof StateKey.OfChange ofChange) {
            changes.put(ofChange.change(), ChangeJson.read(value));
        } else if (key instanceof StateKey.OfBatch ofBatch) {
            BatchJson.read(ofBatch.batch(), value, batches::put, settled -> batches.put(ofBatch.batch(), settled));
        } else if (key instanceof StateKey.OfFact ofFact) {
            facts.put(ofFact.fact(), WorkspaceFactJson.read(ofFact.fact(), value));
        } else if (key instanceof StateKey.OfUnshown ofUnshown) {
            unshown.put(ofUnshown.report(), UnshownJson.read(value));
        } else if (key instanceof StateKey.OfSql ofSql) {
            sql.put(ofSql.dataset(), DatasetSqlJson.read(value));
        } else if (key instanceof StateKey.OfLineage ofLineage) {
            lineage.put(ofLineage.run(), LineageJson.read(value));
        } else {
            limits.put(key.account(), RequestLimitJson.read(value));
        }
    }

    /** @throws NewerReaderNeeded if the last record of a key is for later versions only */
    RestoredPartition restored(long position) {
        reports.forEach((report, stored) -> reading(
                new StateKey.OfReport(report),
                stored.place(),
                () -> batches.put(
                        report, ReportStateJson.read(stored.value().array(), batches.causes(report.account())))));
        newer.values().stream().findFirst().ifPresent(first -> {
            throw first;
        });
        return new RestoredPartition(
                batches.reports(),
                changes,
                batches.open(quarantined),
                batches.remembered(),
                List.copyOf(facts.values()),
                unshown,
                sql,
                lineage,
                limits,
                quarantined,
                position);
    }
}
