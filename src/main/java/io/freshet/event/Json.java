package io.freshet.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Foreign bytes read strictly: one JSON object in UTF-8, no key twice, nothing after it, nested and sized in reason; and
 * our own trees written.
 */
final class Json {

    /** A mark that some writers put in front of their text. It says nothing in UTF-8. */
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    /** A change of a thousand datasets has a thousand tokens and some: the rest is for what nobody reads. */
    private static final StreamReadConstraints IN_REASON = StreamReadConstraints.builder()
            .maxNestingDepth(100)
            .maxTokenCount(100_000)
            .build();

    private static final ObjectReader READER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(IN_REASON).build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build()
            .readerFor(JsonNode.class);

    private static final ObjectWriter WRITER = JsonMapper.builder().build().writer();

    private Json() {}

    static byte[] bytes(ObjectNode tree) {
        try {
            return WRITER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a tree of texts and numbers that can't be written", e);
        }
    }

    /** @throws Unusable if they are anything else than one JSON object */
    static ObjectNode object(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length == 0) {
            throw new Unusable("not_json", "The record has no value: send a JSON object.");
        }
        ForeignValue.named(bytes).ifPresent(reason -> {
            throw new Unusable("not_json", reason);
        });
        var text = text(bytes);
        try {
            return object(READER.<JsonNode>readValue(text));
        } catch (StreamConstraintsException e) {
            throw new Unusable(
                    "not_json",
                    "The value is more than a change can be: " + SafeText.of(e.getOriginalMessage())
                            + ". Send it without what Freshet doesn't need.");
        } catch (JsonProcessingException e) {
            throw new Unusable(
                    "not_json",
                    "The value is no JSON: " + SafeText.of(e.getOriginalMessage()) + "." + ForeignValue.advice(text));
        }
    }

    private static ObjectNode object(JsonNode read) {
        if (read instanceof ObjectNode object) {
            return object;
        }
        throw new Unusable(
                "not_json",
                read.isTextual()
                        ? ForeignValue.ENCODED_TWICE
                        : "The value is JSON, but no object: send {…}, one for each change.");
    }

    private static String text(byte[] bytes) {
        var hasMark = bytes.length >= 3 && Arrays.equals(bytes, 0, 3, BYTE_ORDER_MARK, 0, 3);
        var from = hasMark ? 3 : 0;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unusable("not_json", "The value is no UTF-8 text: send JSON in UTF-8.");
        }
    }
}
