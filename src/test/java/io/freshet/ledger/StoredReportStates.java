package io.freshet.ledger;

import io.freshet.event.BatchKey;
import io.freshet.event.Change;
import io.freshet.event.ChangeDigests;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.DataFreshness;
import io.freshet.event.Kind;
import io.freshet.event.Outcome;
import io.freshet.event.RecordPlace;
import io.freshet.event.ReportKey;
import io.freshet.event.Target;
import io.freshet.event.Traces;
import io.freshet.event.WorkspacePartitions;
import io.freshet.state.OpenBatch;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportHistory;
import io.freshet.state.ReportState;
import io.freshet.state.Running;
import io.freshet.state.Settled;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records of {@code freshet-state} as Freshet writes them, for tests that begin with a full memory. */
public final class StoredReportStates {

    /** Of the topic. */
    public static final int PARTITIONS = 6;

    private StoredReportStates() {}

    /** The batch that all of a workspace's open runs are in, so many of them. */
    public static ProducerRecord<byte[], byte[]> batch(String topic, String account, int runs, Instant now) {
        var change = change(account, "load-1", now);
        var batch = OpenBatch.planned(
                new BatchKey(account, 1),
                change.target(),
                causes(account, now),
                ChangeDigests.of(List.of(change)),
                runs,
                0,
                List.of(),
                now);
        return record(topic, new StateKey.OfBatch(batch.key()), BatchJson.write(batch));
    }

    /** A batch that is settled and remembered, with changes of its own: those numbered from {@code first} on. */
    public static ProducerRecord<byte[], byte[]> remembered(
            String topic, String account, long number, long first, int changes, Instant now) {
        var members = LongStream.range(first, first + changes)
                .mapToObj(n -> change(account, "load-" + n, now))
                .toList();
        var batch = OpenBatch.planned(
                new BatchKey(account, number),
                members.get(0).target(),
                ChangeRefs.of(members.get(0).ref()).inBatch(number),
                ChangeDigests.of(members),
                0,
                0,
                List.of(),
                now);
        return record(
                topic,
                new StateKey.OfBatch(batch.key()),
                BatchJson.write(batch, batch.settlement(DataFreshness.UNKNOWN, now)));
    }

    /** A report that has had a run. */
    public static ProducerRecord<byte[], byte[]> settled(String topic, ReportKey report, Instant now) {
        return settled(topic, report, Optional.empty(), now);
    }

    /** The same of one that people call by a name. */
    public static ProducerRecord<byte[], byte[]> settled(
            String topic, ReportKey report, Optional<String> name, Instant now) {
        var memory = new ReportHistory(
                Collections.emptySortedMap(),
                Outcome.SUCCEEDED,
                run(report),
                "/api/" + report.account() + "_api",
                Duration.ofMillis(4_321));
        return record(topic, report, new Settled(memory.named(name), now));
    }

    private static String run(ReportKey report) {
        return "f" + report.reportToken().substring(1);
    }

    /** A run that is open, in the {@link #batch} of its workspace, and that is to be asked after at some instant. */
    public static ProducerRecord<byte[], byte[]> running(String topic, ReportKey report, Instant now, Instant askAt) {
        var request = new RefreshRequest(new TreeSet<>(Set.of("da7a5e000001")), causes(report.account(), now), now);
        var running = new Running(
                request,
                Optional.empty(),
                run(report),
                now,
                false,
                "enqueued",
                askAt,
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.empty(),
                ReportHistory.EMPTY);
        return record(topic, report, running);
    }

    private static Change change(String account, String id, Instant now) {
        return new Change(
                account,
                new Target.DataSource("5a1d00000001"),
                new ChangeRef("/etl", id, now, null),
                Traces.none(),
                new RecordPlace("upstream-data-changed", 0, 0, now));
    }

    private static ChangeRefs causes(String account, Instant now) {
        return ChangeRefs.of(change(account, "load-1", now).ref()).inBatch(1);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, ReportKey report, ReportState state) {
        return record(topic, new StateKey.OfReport(report), ReportStateJson.write(Kind.REPORT, state));
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, StateKey key, byte[] value) {
        var partition = new WorkspacePartitions(PARTITIONS).of(key.account());
        return new ProducerRecord<>(topic, partition, key.bytes(), value);
    }
}
