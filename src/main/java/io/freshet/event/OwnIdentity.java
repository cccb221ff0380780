package io.freshet.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The envelope of a change that doesn't lie in Kafka yet, and so can't be known by its place there. */
public final class OwnIdentity {

    /** In bytes of UTF-8, of an id and of a source alike. */
    public static final int LONGEST = Envelope.LONGEST_IDENTITY;

    private static final String JSON = "application/json";

    private OwnIdentity() {}

    /** @param change one that was read, and is good */
    public static boolean isMissing(InboundRecord change) {
        return !Envelope.hasIdentity(change);
    }

    /** Whether what is written under this id can be read again. */
    public static boolean isId(String text) {
        return !text.isBlank() && SafeText.bytes(text) <= LONGEST && SafeText.isPrintable(text);
    }

    /** The same as a CloudEvent in binary mode. */
    public static InboundRecord give(InboundRecord plain, String source, String id, Instant time) {
        var headers = new RecordHeaders(plain.headers());
        headers.remove(HeaderTexts.CONTENT_TYPE);
        add(headers, HeaderTexts.CONTENT_TYPE, JSON);
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_type", EventReader.CHANGE);
        add(headers, "ce_source", source);
        add(headers, "ce_id", id);
        add(headers, "ce_time", time.toString());
        return new InboundRecord(
                plain.topic(), plain.partition(), plain.offset(), time, plain.key(), plain.value(), headers);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
