package io.freshet.ledger;

import io.freshet.event.BatchEventWriter;
import io.freshet.event.Change;
import io.freshet.event.DeadLetter;
import io.freshet.event.EventWriter;
import io.freshet.event.FreshnessEventWriter;
import io.freshet.event.Presentation;
import io.freshet.event.Topics;
import io.freshet.event.WorkspaceEventWriter;
import io.freshet.event.WorkspacePartitions;
import io.freshet.ledger.StagedTransaction.OfEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The records of a transaction, made before it begins: what can't be made must not leave it open. */
final class TransactionRecords {

    private static final Logger LOG = Logger.getLogger(TransactionRecords.class);

    private final Topics topics;
    private final WorkspacePartitions partitions;
    private final EventWriter events;
    private final BatchEventWriter batchEvents;
    private final WorkspaceEventWriter workspaceEvents = new WorkspaceEventWriter();
    private final FreshnessEventWriter freshnessEvents = new FreshnessEventWriter();
    private final LineageRecords lineage;

    TransactionRecords(
            Topics topics, WorkspacePartitions partitions, Presentation presentation, LedgerMetrics metrics) {
        this.topics = topics;
        this.partitions = partitions;
        this.events = new EventWriter(presentation);
        this.batchEvents = new BatchEventWriter(presentation);
        this.lineage = new LineageRecords(topics.lineage(), presentation, metrics);
    }

    /** @param unmakeable gets that of which no record can be made */
    List<OfEntry<ProducerRecord<byte[], byte[]>>> of(StagedTransaction staged, Set<Origin> unmakeable) {
        var records = new ArrayList<OfEntry<ProducerRecord<byte[], byte[]>>>();
        staged.saved()
                .forEach((key, saved) -> make(
                        records,
                        unmakeable,
                        saved.origin(),
                        () -> List.of(state(key, saved.what().map(Supplier::get).orElse(null)))));
        staged.told()
                .forEach(told -> make(
                        records,
                        unmakeable,
                        told.origin(),
                        () -> List.of(events.write(topics.of(told.what()), told.what()))));
        staged.told().forEach(told -> make(records, unmakeable, told.origin(), () -> lineage.of(told.what())));
        staged.toldOfBatches()
                .forEach(told -> make(
                        records,
                        unmakeable,
                        told.origin(),
                        () -> batchEvents.write(topics.of(told.what()), told.what())));
        staged.toldOfWorkspaces()
                .forEach(told -> make(
                        records,
                        unmakeable,
                        told.origin(),
                        () -> List.of(workspaceEvents.write(topics.workspaceChanged(), told.what()))));
        staged.objectives()
                .told()
                .forEach(told -> make(
                        records,
                        unmakeable,
                        told.origin(),
                        () -> List.of(freshnessEvents.write(topics.freshnessChanged(), told.what()))));
        staged.tooLarge()
                .forEach(
                        change -> make(records, unmakeable, change.origin(), () -> List.of(deadLetter(change.what()))));
        records.addAll(staged.forwarded());
        return records;
    }

    /** Of the inbox. */
    Map<TopicPartition, OffsetAndMetadata> offsets(StagedTransaction staged) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        staged.positions()
                .forEach((partition, position) ->
                        offsets.put(new TopicPartition(topics.inbox(), partition), new OffsetAndMetadata(position)));
        return offsets;
    }

    LineageRecords lineage() {
        return lineage;
    }

    private static void make(
            List<OfEntry<ProducerRecord<byte[], byte[]>>> records,
            Set<Origin> unmakeable,
            Origin origin,
            Supplier<List<ProducerRecord<byte[], byte[]>>> making) {
        try {
            making.get().forEach(record -> records.add(new OfEntry<>(origin, record)));
        } catch (RuntimeException e) {
            LOG.errorf(e, "a record can't be made, and what brings it is set aside");
            unmakeable.add(origin);
        }
    }

    private ProducerRecord<byte[], byte[]> deadLetter(Change change) {
        return DeadLetter.placeOnly(
                topics.upstreamDataChangedDlq(),
                change.place(),
                "too_large",
                "It is larger than Freshet's state topic takes: raise the topic's max.message.bytes, and read it where it lies.");
    }

    private ProducerRecord<byte[], byte[]> state(StateKey key, byte @Nullable [] value) {
        return new ProducerRecord<>(topics.state(), partitions.of(key.account()), key.bytes(), value);
    }
}
