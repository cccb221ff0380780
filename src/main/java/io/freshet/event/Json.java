package io.freshet.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
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
import org.jspecify.annotations.Nullable;

/**
 * Foreign bytes read strictly: one JSON object in UTF-8, no key twice, nothing after it, nested and sized in reason; and
 * our own trees written.
 */
final class Json {

    private static final ObjectReader READER = JsonMapper.builder()
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

    static ObjectNode object(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length == 0) {
            throw new Unusable("not_json", "The record has no value: send a JSON object.");
        }
        try {
            JsonNode read = READER.readValue(utf8(bytes));
            if (read instanceof ObjectNode object) {
                return object;
            }
            throw new Unusable("not_json", "The value is JSON, but no object: send {…}.");
        } catch (CharacterCodingException e) {
            throw new Unusable("not_json", "The value is no UTF-8 text.");
        } catch (JsonProcessingException e) {
            throw new Unusable("not_json", "The value is no JSON: " + SafeText.of(e.getOriginalMessage()) + ".");
        }
    }

    private static String utf8(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
