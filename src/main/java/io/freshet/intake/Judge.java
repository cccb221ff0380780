package io.freshet.intake;

import io.freshet.event.Accounts;
import io.freshet.event.Change;
import io.freshet.event.ChangeJson;
import io.freshet.event.ChangeKey;
import io.freshet.event.Decoded;
import io.freshet.event.EventReader;
import io.freshet.event.InboundRecord;
import io.freshet.event.Topics;
import io.freshet.event.WorkspacePartitions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What a public record is: a change for the inbox of its workspace's owner, or more of a run; or no usable input, and why. */
final class Judge {

    private static final String TOO_LARGE =
            "It has %d bytes, and records of more than %d aren't read: send the change without"
                    + " what Freshet doesn't need, or raise freshet.intake.max-record-bytes.";

    private final EventReader reader = new EventReader();
    private final Accounts accounts;
    private final Topics topics;
    private final WorkspacePartitions partitions;
    private final int mostBytes;
    private final LineageJudge lineage;

    /** @param mostBytes a larger record isn't read, unless it is of OpenLineage */
    Judge(Accounts accounts, Topics topics, WorkspacePartitions partitions, int mostBytes, LineageJudge lineage) {
        this.accounts = accounts;
        this.topics = topics;
        this.partitions = partitions;
        this.mostBytes = mostBytes;
        this.lineage = lineage;
    }

    /**
     * As records of the inbox; a change is one.
     *
     * @param now the time of arrival
     */
    Decoded<List<ProducerRecord<byte[], byte[]>>> judge(InboundRecord record, Instant now) {
        if (topics.openlineage().filter(record.topic()::equals).isPresent()) {
            return lineage.judge(record, now);
        }
        return read(record, now)
                .fold(
                        change -> new Decoded.Usable<>(List.of(inbox(change))),
                        (code, reason) -> new Decoded.Unusable<>(code, reason));
    }

    private Decoded<Change> read(InboundRecord record, Instant now) {
        if (record.bytes() > mostBytes) {
            return new Decoded.Unusable<>("too_large", TOO_LARGE.formatted(record.bytes(), mostBytes));
        }
        return record.topic().equals(topics.refreshRequested())
                ? reader.readRefresh(record, accounts, now)
                : reader.readChange(record, accounts, now);
    }

    private ProducerRecord<byte[], byte[]> inbox(Change change) {
        var key = ChangeKey.of(change).key();
        return new ProducerRecord<>(
                topics.inbox(),
                partitions.of(change.account()),
                key.getBytes(StandardCharsets.UTF_8),
                ChangeJson.write(change));
    }
}
