package io.freshet.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Freshet's events about batches as records: CloudEvents 1.0 in binary mode, keyed by account. */
public final class BatchEventWriter {

    /** How many datasets, reports and what is left out one event names; a plan of more is told in parts. */
    static final int MOST_ENTRIES = 500;

    private final ObjectMapper mapper = JsonMapper.builder().build();
    private final Presentation presentation;

    public BatchEventWriter(Presentation presentation) {
        this.presentation = presentation;
    }

    /** One record, or one for each part. */
    public List<ProducerRecord<byte[], byte[]>> write(String topic, BatchEvent event) {
        return event.fold(planned -> write(topic, planned), settled -> List.of(write(topic, settled)));
    }

    private List<ProducerRecord<byte[], byte[]>> write(String topic, ChangePlanned event) {
        var entries = entries(event);
        var parts = Math.max(1, (entries.size() + MOST_ENTRIES - 1) / MOST_ENTRIES);
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var part = 1; part <= parts; part++) {
            var data = data(event);
            var lists = new Lists(
                    data.putArray("datasets"),
                    data.putArray("reports"),
                    data.putArray("left_out"),
                    data.putArray("held"));
            entries.subList((part - 1) * MOST_ENTRIES, Math.min(part * MOST_ENTRIES, entries.size()))
                    .forEach(entry -> entry.accept(lists));
            data.put("datasets_first", event.datasetsFirst());
            data.put("planned_at", event.plannedAt().toString());
            var id = event.batch().name();
            if (parts > 1) {
                id += "/" + part;
                data.put("part", part);
                if (part == parts) {
                    data.put("parts", parts);
                }
            }
            records.add(record(
                    topic,
                    "change-planned",
                    event.batch(),
                    id,
                    event.plannedAt(),
                    event.changes().traces(),
                    data));
        }
        return records;
    }

    private record Lists(ArrayNode datasets, ArrayNode reports, ArrayNode leftOut, ArrayNode held) {}

    private List<Consumer<Lists>> entries(ChangePlanned event) {
        return Stream.of(
                        event.datasets().stream().map(token -> dataset(event, token, name(event, token))),
                        event.reports().stream().map(token -> report(token, name(event, token))),
                        event.leftOut().stream().map(BatchEventWriter::leftOut),
                        event.held().stream().map(BatchEventWriter::heldBack))
                .flatMap(each -> each)
                .toList();
    }

    private Optional<String> name(ChangePlanned event, String token) {
        return presentation.shown(
                event.batch().account(), Optional.ofNullable(event.names().get(token)));
    }

    private Optional<String> targetName(ChangePlanned event) {
        return event.target()
                .fold(
                        one -> name(event, one.token()),
                        one -> name(event, one.token()),
                        datasets -> Optional.empty(),
                        one -> name(event, one.token()));
    }

    private static Consumer<Lists> dataset(ChangePlanned event, String token, Optional<String> name) {
        var why = Optional.ofNullable(event.why().get(token));
        return lists -> {
            var entry = put(lists.datasets().addObject(), token, name);
            why.ifPresent(said -> entry.put("why", said));
        };
    }

    private static Consumer<Lists> report(String token, Optional<String> name) {
        return lists -> put(lists.reports().addObject(), token, name);
    }

    private static ObjectNode put(ObjectNode entry, String token, Optional<String> name) {
        entry.put("token", token);
        name.ifPresent(known -> entry.put("name", known));
        return entry;
    }

    private static Consumer<Lists> leftOut(LeftOut one) {
        return lists -> lists.leftOut()
                .addObject()
                .put("token", one.token())
                .put("kind", one.kind())
                .put("reason", one.reason());
    }

    private static Consumer<Lists> heldBack(HeldBack one) {
        return lists -> lists.held()
                .addObject()
                .put("token", one.token())
                .put("kind", one.kind())
                .put("hold", one.hold().text());
    }

    private ObjectNode data(ChangePlanned event) {
        var data = mapper.createObjectNode();
        data.put("account", event.batch().account());
        TargetJson.write(event.target(), "report_token", "dataset_tokens", data);
        targetName(event).ifPresent(name -> data.put("target_name", name));
        data.put("batch", event.batch().name());
        ChangeRefJson.write(event.changes(), data);
        return data;
    }

    private ProducerRecord<byte[], byte[]> write(String topic, ChangeSettled event) {
        var data = mapper.createObjectNode();
        data.put("account", event.batch().account());
        data.putObject("change")
                .put("source", event.change().source())
                .put("id", event.change().id())
                .put("changed_at", event.change().changedAt().toString());
        data.put("batch", event.batch().name());
        SettlementJson.write(event.settlement(), data);
        data.put("data", event.settlement().data().word());
        event.freshness().ifPresent(freshness -> data.put("freshness_seconds", Times.seconds(freshness)));
        var digest = ChangeKey.digest(event.change().source(), event.change().id());
        var id = event.batch().name() + "/" + new ChangeKey(event.batch().account(), digest).hex();
        return record(
                topic, "change-settled", event.batch(), id, event.settlement().settledAt(), Traces.none(), data);
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, String type, BatchKey batch, String id, Instant time, Traces traces, ObjectNode data) {
        var account = batch.account();
        var header = new EventRecords.Header(type, EventRecords.source(account), null, id, time, traces);
        return EventRecords.of(topic, account, header, data);
    }
}
