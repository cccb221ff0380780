package io.freshet.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Records as they may come in, for tests. */
final class Arrivals {

    static final Instant RECORDED_AT = Instant.parse("2026-03-01T06:00:00.123Z");

    /** When they are read. */
    static final Instant NOW = Instant.parse("2026-03-01T06:00:05Z");

    /** One workspace, named {@code acme}. */
    static final Accounts ACME = ConfiguredAccounts.of("acme");

    private Arrivals() {}

    /** At offset 42 of partition 3, with headers given as name, value, name, value … */
    static InboundRecord of(byte[] value, String... headers) {
        var all = new RecordHeaders();
        for (var i = 0; i < headers.length; i += 2) {
            all.add(headers[i], utf8(headers[i + 1]));
        }
        return new InboundRecord("upstream-data-changed", 3, 42, RECORDED_AT, null, value, all);
    }

    static InboundRecord withoutValue() {
        return new InboundRecord("upstream-data-changed", 3, 42, RECORDED_AT, null, null, new RecordHeaders());
    }

    static InboundRecord plain(String json) {
        return of(utf8(json));
    }

    /** A change in binary mode; further headers take the place of the usual ones of that name. */
    static InboundRecord binary(String json, String... headers) {
        var all = new RecordHeaders();
        var usual = new String[] {
            "ce_specversion", "1.0", "ce_id", "load-1", "ce_source", "/etl", "ce_type", EventReader.CHANGE
        };
        for (var some : List.of(usual, headers)) {
            for (var i = 0; i < some.length; i += 2) {
                all.remove(some[i]).add(some[i], utf8(some[i + 1]));
            }
        }
        return new InboundRecord("upstream-data-changed", 3, 42, RECORDED_AT, null, utf8(json), all);
    }

    static InboundRecord structured(String json) {
        return of(utf8(json), "content-type", "application/cloudevents+json; charset=UTF-8");
    }

    /** As it would be read back. */
    static InboundRecord of(ProducerRecord<byte[], byte[]> written) {
        return new InboundRecord(written.topic(), 0, 0, RECORDED_AT, written.key(), written.value(), written.headers());
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The names of a record's headers, in their order. */
    static List<String> names(ProducerRecord<?, ?> written) {
        return Arrays.stream(written.headers().toArray())
                .map(header -> header.key())
                .toList();
    }

    static String header(ProducerRecord<?, ?> written, String name) {
        var header = written.headers().lastHeader(name);
        return header == null ? "(none)" : new String(header.value(), StandardCharsets.UTF_8);
    }

    static <T> T usable(Decoded<T> decoded) {
        return decoded.fold(value -> value, (code, reason) -> {
            throw new AssertionError("unusable: " + code + ": " + reason);
        });
    }
}
