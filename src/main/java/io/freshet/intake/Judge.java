package io.freshet.intake;

import io.freshet.event.Accounts;
import io.freshet.event.Change;
import io.freshet.event.ChangeJson;
import io.freshet.event.ChangeKey;
import io.freshet.event.Decoded;
import io.freshet.event.InboundRecord;
import io.freshet.event.Topics;
import io.freshet.event.WorkspacePartitions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What a public record is: a change for the inbox of its workspace's owner, or more of a run; or no usable input, and why. */
final class Judge {

    private final InputReader reader;
    private final Topics topics;
    private final WorkspacePartitions partitions;
    private final LineageJudge lineage;

    /** @param mostBytes a larger record isn't read, unless it is of OpenLineage */
    Judge(Accounts accounts, Topics topics, WorkspacePartitions partitions, int mostBytes, LineageJudge lineage) {
        this.reader = new InputReader(accounts, topics, mostBytes);
        this.topics = topics;
        this.partitions = partitions;
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
        return reader.read(record, now)
                .fold(
                        change -> new Decoded.Usable<>(List.of(inbox(change))),
                        (code, reason) -> new Decoded.Unusable<>(code, reason));
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
