package io.freshet.api.produce;

import io.freshet.event.InboundRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A request as the records that it would be on the topic of changes. Of its headers, only those of the event go along. */
final class RequestRecords {

    private static final String ATTRIBUTE = "ce-";
    private static final String ATTRIBUTE_OF_RECORDS = "ce_";
    private static final String TRACE = "traceparent";
    private static final String CONTENT_TYPE = "content-type";

    private final String topic;
    private final Map<String, List<String>> headers;
    private final Instant now;

    /** @param headers of the request */
    RequestRecords(String topic, Map<String, List<String>> headers, Instant now) {
        this.topic = topic;
        this.headers = headers;
        this.now = now;
    }

    /** A change, or an event in binary mode. */
    InboundRecord json(byte[] body) {
        var kept = kept(RequestForm.JSON);
        headers.forEach((name, values) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(ATTRIBUTE)) {
                var attribute = ATTRIBUTE_OF_RECORDS + lower.substring(ATTRIBUTE.length());
                values.forEach(value -> kept.add(attribute, AttributeHeader.decoded(value)));
            }
        });
        return record(body, kept);
    }

    /** An event in structured mode, alone or as one of a batch. */
    InboundRecord event(byte[] body) {
        return record(body, kept(RequestForm.EVENT));
    }

    private Headers kept(RequestForm form) {
        var kept = new RecordHeaders();
        kept.add(CONTENT_TYPE, form.mediaType().getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, values) -> {
            if (name.equalsIgnoreCase(TRACE)) {
                values.forEach(value -> kept.add(TRACE, value.getBytes(StandardCharsets.UTF_8)));
            }
        });
        return kept;
    }

    private InboundRecord record(byte[] value, Headers kept) {
        return new InboundRecord(topic, 0, 0, now, null, value, kept);
    }
}
