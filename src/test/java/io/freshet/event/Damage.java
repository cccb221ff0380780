package io.freshet.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What chance makes of good records. */
public final class Damage {

    private static final List<String> SNIPPETS = List.of(
            "null",
            "{}",
            "[]",
            "\"",
            "\\ud800",
            "-1",
            "1e999",
            "\u0000",
            "ce_",
            "ce_id",
            "ce_data",
            "content-type",
            "application/cloudevents+json",
            "\"data_base64\": \"e30=\",",
            "\"\": 0,",
            "true",
            "\"specversion\": \"0.3\",",
            "\"id\": null,",
            "\"time\": {},",
            "+999999999-12-31T23:59:59-18:00",
            "%",
            "🙂",
            ",",
            "}",
            "{\"a\":[",
            "ce-id",
            "cloudEvents:source",
            "\"specversion\": \"1.0\",",
            "\"changed_at\": \"2026-03-01 05:00:00\",",
            "\"reason\": \"\\udc00\",",
            "\"datasets\": [\"d1\"],",
            "\ufeff",
            "\u202e",
            "Thu, 26 Feb 2026 06:00:00 GMT");

    private Damage() {}

    /** A copy of it, damaged in a few places or not at all. */
    public static InboundRecord to(InboundRecord whole, Random random) {
        var value = Objects.requireNonNullElseGet(whole.value(), () -> new byte[0]);
        for (var i = random.nextInt(4); i > 0; i--) {
            value = damaged(value, random);
        }
        var headers = new ArrayList<>(Arrays.asList(whole.headers().toArray()));
        for (var i = random.nextInt(3); i > 0; i--) {
            damage(headers, random);
        }
        return new InboundRecord(
                whole.topic(),
                3,
                42,
                whole.timestamp(),
                null,
                random.nextInt(50) == 0 ? null : value,
                new RecordHeaders(headers));
    }

    private static void damage(List<Header> headers, Random random) {
        var at = headers.isEmpty() ? 0 : random.nextInt(headers.size());
        var name = headers.isEmpty() ? "ce_id" : headers.get(at).key();
        var value = headers.isEmpty() ? null : headers.get(at).value();
        switch (random.nextInt(5)) {
            case 0 -> headers.add(at, new RecordHeader(name, (byte[]) null));
            case 1 -> headers.add(new RecordHeader(snippet(random), Arrivals.utf8(snippet(random))));
            case 2 -> headers.add(new RecordHeader("ce_" + snippet(random), Arrivals.utf8(snippet(random))));
            case 3 -> headers.add(new RecordHeader(name, damaged(value == null ? new byte[1] : value, random)));
            default -> {
                if (!headers.isEmpty()) {
                    headers.remove(at);
                }
            }
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        var at = random.nextInt(bytes.length + 1);
        var to = Math.min(bytes.length, at + random.nextInt(12));
        var middle =
                switch (random.nextInt(4)) {
                    case 0 -> new byte[0];
                    case 1 -> Arrivals.utf8(snippet(random));
                    case 2 -> noise(random);
                    default -> Arrays.copyOfRange(bytes, random.nextInt(at + 1), to);
                };
        var damaged = Arrays.copyOf(bytes, at + middle.length + bytes.length - to);
        System.arraycopy(middle, 0, damaged, at, middle.length);
        System.arraycopy(bytes, to, damaged, at + middle.length, bytes.length - to);
        return damaged;
    }

    private static byte[] noise(Random random) {
        var noise = new byte[1 + random.nextInt(3)];
        random.nextBytes(noise);
        return noise;
    }

    private static String snippet(Random random) {
        return SNIPPETS.get(random.nextInt(SNIPPETS.size()));
    }

    public static String print(InboundRecord arrival) {
        var value = arrival.value();
        return arrival.headers() + " "
                + (value == null
                        ? "no value"
                        : new String(value, StandardCharsets.UTF_8) + " = "
                                + HexFormat.of().formatHex(value));
    }
}
