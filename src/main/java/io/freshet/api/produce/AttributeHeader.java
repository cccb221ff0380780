package io.freshet.api.produce;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The value of a header {@code ce-*} as bytes of a record's header. The HTTP binding of CloudEvents encodes with percent
 * signs what a header can't hold; a sign that encodes nothing stays as it is.
 */
final class AttributeHeader {

    private AttributeHeader() {}

    /** @param value as HTTP has it, a byte for each character */
    static byte[] decoded(String value) {
        var raw = value.getBytes(StandardCharsets.ISO_8859_1);
        var decoded = new ByteArrayOutputStream(raw.length);
        for (var at = 0; at < raw.length; at++) {
            if (isEncoded(raw, at)) {
                decoded.write(16 * digit(raw[at + 1]) + digit(raw[at + 2]));
                at += 2;
            } else {
                decoded.write(raw[at]);
            }
        }
        return decoded.toByteArray();
    }

    private static boolean isEncoded(byte[] raw, int at) {
        return raw[at] == '%' && at + 2 < raw.length && digit(raw[at + 1]) >= 0 && digit(raw[at + 2]) >= 0;
    }

    private static int digit(byte character) {
        return Character.digit((char) character, 16);
    }
}
