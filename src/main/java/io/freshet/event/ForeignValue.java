package io.freshet.event;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values that are no JSON object, and who writes such: what their writer has to change. */
final class ForeignValue {

    static final String ENCODED_TWICE =
            "The value is a JSON string that holds a text, so it was encoded twice: send the object"
                    + " itself. In Kafka Connect set value.converter to StringConverter, for the text is JSON already.";

    private static final String CONNECT =
            "in Kafka Connect set value.converter to JsonConverter, and value.converter.schemas.enable to false";
    /** How Java prints a struct of Kafka Connect, and a map. */
    private static final Pattern PRINTED = Pattern.compile("\\s*(?:Struct)?\\{\\s*\\w+=");

    private static final int FRAME = 5;

    private enum Form {
        GZIP("1f8b", "The value is compressed by its writer: leave that to Kafka (compression.type of the producer)."),
        JAVA("aced0005", "The value is a serialized Java object: send JSON in UTF-8."),
        GLUE("0300", Form.REGISTRY),
        GLUE_COMPRESSED("0305", Form.REGISTRY),
        UTF_16_BE("feff", Form.UTF_16),
        UTF_16_LE("fffe", Form.UTF_16),
        BARE_UTF_16_BE("007b00", Form.UTF_16),
        BARE_UTF_16_LE("7b00", Form.UTF_16);

        static final String REGISTRY =
                "The value begins with the frame of the AWS Glue schema registry: send JSON without it,"
                        + " with a serializer that knows no registry.";
        static final String UTF_16 = "The value is in UTF-16 or UTF-32: send JSON in UTF-8.";

        private final String begin;
        private final String reason;

        /** @param begin in hexadecimal */
        Form(String begin, String reason) {
            this.begin = begin;
            this.reason = reason;
        }
    }

    private ForeignValue() {}

    /** By the first bytes, with which no JSON begins. */
    static Optional<String> named(byte[] value) {
        var begin = HexFormat.of().formatHex(value, 0, Math.min(FRAME, value.length));
        return Arrays.stream(Form.values())
                .filter(form -> begin.startsWith(form.begin))
                .map(form -> form.reason)
                .findFirst()
                .or(() -> framed(value));
    }

    private static Optional<String> framed(byte[] value) {
        return value[0] == 0 && value.length > FRAME
                ? Optional.of(
                        ("The value begins with schema registry framing (magic byte 0, schema id %d): send JSON without it,"
                                        + " with a serializer that knows no registry; " + CONNECT + ".")
                                .formatted(ByteBuffer.wrap(value).getInt(1)))
                : Optional.empty();
    }

    /** What a text that is no JSON may be besides; begins with a space, or is empty. */
    static String advice(String text) {
        return PRINTED.matcher(text).lookingAt() ? " It was printed as Java does it: " + CONNECT + "." : "";
    }
}
