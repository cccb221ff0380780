package io.freshet.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What Freshet tells of late reports as a record: CloudEvents 1.0 in binary mode, keyed by report. */
public final class FreshnessEventWriter {

    private final ObjectMapper mapper = JsonMapper.builder().build();

    public ProducerRecord<byte[], byte[]> write(String topic, FreshnessChanged event) {
        var report = event.report();
        var data = mapper.createObjectNode()
                .put("account", report.account())
                .put("objective", event.objective())
                .put("report_token", report.reportToken());
        ChangeRefJson.write(event.change(), data.putObject("change"));
        data.put("within_seconds", Times.seconds(event.within()));
        data.put("late_seconds", Times.seconds(event.late()));
        data.put("at", event.at().toString());
        var header = new EventRecords.Header(
                event.kind().type(),
                EventRecords.source(report.account()),
                report.path(),
                id(event),
                event.at(),
                Traces.none());
        return EventRecords.of(topic, report.key(), header, data);
    }

    private static String id(FreshnessChanged event) {
        return ContentId.of(event.kind().type() + " " + event.report() + " " + event.objective() + " " + event.at());
    }
}
