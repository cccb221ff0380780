package io.freshet.ledger;

import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.ReportKey;
import io.freshet.event.WorkspacePartitions;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportHistory;
import io.freshet.state.ReportState;
import io.freshet.state.Running;
import io.freshet.state.Settled;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records of {@code freshet-state} as Freshet writes them, for tests that begin with a full memory. */
public final class StoredReportStates {

    /** Of the topic. */
    public static final int PARTITIONS = 6;

    private StoredReportStates() {}

    public static ProducerRecord<byte[], byte[]> settled(String topic, ReportKey report, Instant now) {
        return record(topic, report, new Settled(ReportHistory.EMPTY, now));
    }

    /** A run that is open, and that is to be asked after at some instant. */
    public static ProducerRecord<byte[], byte[]> running(String topic, ReportKey report, Instant now, Instant askAt) {
        var causes = ChangeRefs.of(new ChangeRef("/etl", "load-" + report.reportToken(), now, null));
        var request = new RefreshRequest(new TreeSet<>(Set.of("da7a5e000001")), causes, now);
        var running = new Running(
                request,
                Optional.empty(),
                "f" + report.reportToken().substring(1),
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

    private static ProducerRecord<byte[], byte[]> record(String topic, ReportKey report, ReportState state) {
        var partition = new WorkspacePartitions(PARTITIONS).of(report.account());
        return new ProducerRecord<>(
                topic, partition, new StateKey.OfReport(report).bytes(), ReportStateJson.write(state));
    }
}
