package io.freshet.intake;

import io.freshet.event.Accounts;
import io.freshet.event.Decoded;
import io.freshet.event.InboundRecord;
import io.freshet.event.Topics;
import io.freshet.event.WorkspacePartitions;
import io.freshet.lineage.LineageKey;
import io.freshet.lineage.LineageMappings;
import io.freshet.lineage.LineageReader;
import io.freshet.lineage.RunUpdate;
import io.freshet.lineage.RunUpdateJson;
import io.freshet.telemetry.Telemetry;
import io.freshet.workspace.LineageSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What a record of OpenLineage is: an event of a run, for the inbox of each workspace that it may concern; or of no concern,
 * which is counted, as others use the topic, too; or no event at all, and why.
 */
@ApplicationScoped
class LineageJudge {

    private final LineageReader reader = new LineageReader();
    private final Accounts accounts;
    private final LineageMappings mappings;
    private final Topics topics;
    private final WorkspacePartitions partitions;
    private final Telemetry telemetry;

    LineageJudge(
            Accounts accounts,
            LineageSettings settings,
            Topics topics,
            WorkspacePartitions partitions,
            Telemetry telemetry) {
        this.accounts = accounts;
        this.mappings = settings.mappings();
        this.topics = topics;
        this.partitions = partitions;
        this.telemetry = telemetry;
    }

    /**
     * As records of the inbox. Size doesn't matter, since all but a few names is passed over.
     *
     * @param now the time of arrival
     */
    Decoded<List<ProducerRecord<byte[], byte[]>>> judge(InboundRecord record, Instant now) {
        return reader.read(record, now).fold(this::forward, none -> counted(none.word(), List.of()), (code, reason) -> {
            telemetry.lineage(code);
            return new Decoded.Unusable<>(code, reason);
        });
    }

    private Decoded<List<ProducerRecord<byte[], byte[]>>> forward(RunUpdate update) {
        var value = RunUpdateJson.write(update);
        var records = accounts.all().stream()
                .filter(account -> mappings.mayConcern(account, update))
                .map(account -> inbox(new LineageKey(account, update.run()), value))
                .toList();
        return counted(records.isEmpty() ? "ignored" : "forwarded", records);
    }

    private ProducerRecord<byte[], byte[]> inbox(LineageKey key, byte[] value) {
        return new ProducerRecord<>(
                topics.inbox(), partitions.of(key.account()), key.text().getBytes(StandardCharsets.UTF_8), value);
    }

    private Decoded<List<ProducerRecord<byte[], byte[]>>> counted(
            String result, List<ProducerRecord<byte[], byte[]>> records) {
        telemetry.lineage(result);
        return new Decoded.Usable<>(records);
    }
}
