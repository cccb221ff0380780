package io.freshet.ledger;

import io.freshet.event.Cause;
import io.freshet.event.Causes;
import io.freshet.event.ReportKey;
import io.freshet.refresh.Memory;
import io.freshet.refresh.Running;
import io.freshet.refresh.Settled;
import io.freshet.refresh.Standing;
import io.freshet.refresh.Wish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records of {@code report-refreshes} as Freshet writes them, for tests that begin with a full memory. */
public final class StoredStandings {

    private static final StandingJson JSON = new StandingJson();

    private StoredStandings() {}

    public static ProducerRecord<byte[], byte[]> settled(String topic, ReportKey report, Instant now) {
        return record(topic, report, new Settled(Memory.EMPTY, now));
    }

    /** A run that is open, and that is to be asked after at some instant. */
    public static ProducerRecord<byte[], byte[]> running(String topic, ReportKey report, Instant now, Instant askAt) {
        var causes = Causes.of(new Cause("/etl", "load-" + report.reportToken(), now, null));
        var wish = new Wish(new TreeSet<>(Set.of("da7a5e000001")), causes, now);
        var running = new Running(
                wish,
                Optional.empty(),
                "f" + report.reportToken().substring(1),
                now,
                false,
                "enqueued",
                askAt,
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.empty(),
                Memory.EMPTY);
        return record(topic, report, running);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, ReportKey report, Standing standing) {
        return new ProducerRecord<>(topic, report.key().getBytes(StandardCharsets.UTF_8), JSON.write(standing));
    }
}
