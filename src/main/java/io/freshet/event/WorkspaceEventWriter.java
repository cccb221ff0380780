package io.freshet.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What Freshet tells of a workspace as a record: CloudEvents 1.0 in binary mode, keyed by account. */
public final class WorkspaceEventWriter {

    private final ObjectMapper mapper = JsonMapper.builder().build();

    public ProducerRecord<byte[], byte[]> write(String topic, WorkspaceChanged event) {
        var data = mapper.createObjectNode().put("account", event.account()).put("what", event.what());
        event.subject()
                .ifPresent(subject -> data.put("kind", subject.kind().word()).put("subject", subject.token()));
        data.put("why", event.why());
        event.by().ifPresent(by -> data.put("by", by));
        data.put("at", event.at().toString());
        var header = new EventRecords.Header(
                "workspace-changed", EventRecords.source(event.account()), null, id(event), event.at(), Traces.none());
        return EventRecords.of(topic, event.account(), header, data);
    }

    private static String id(WorkspaceChanged event) {
        return ContentId.of(event.account() + " " + event.what() + " " + event.subject() + " " + event.at());
    }
}
