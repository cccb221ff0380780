package io.freshet.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * The form of everything that Freshet stores, in its inbox and in its state: one JSON object, with names of its own. It
 * says in which version of the form it is written ({@code v}), and which version is the oldest that may read it
 * ({@code min_reader}). A field that the reader doesn't know is ignored.
 */
public final class StoredForm {

    /** The version that is written, and the newest that is known. */
    public static final int VERSION = 2;

    private static final int MIN_READER = 1;
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private StoredForm() {}

    public static ObjectNode begin() {
        return begin(MIN_READER);
    }

    /** @param minReader the oldest version that knows what to do with it */
    public static ObjectNode begin(int minReader) {
        return MAPPER.createObjectNode().put("v", VERSION).put("min_reader", minReader);
    }

    public static byte[] bytes(ObjectNode json) {
        return Json.bytes(json);
    }

    /**
     * @throws NewerReaderNeeded if only a later version may read it
     * @throws IOException if Freshet didn't write it
     */
    public static StoredObject read(byte[] bytes) throws IOException {
        var json = new StoredObject(tree(bytes));
        var minReader = json.number("min_reader");
        if (minReader > VERSION) {
            throw new NewerReaderNeeded(minReader);
        }
        if (minReader < 1 || json.number("v") < minReader) {
            throw new IOException("it names no version that there ever was");
        }
        return json;
    }

    /** What Jackson says quotes the bytes, and they are nobody's to see. */
    private static JsonNode tree(byte[] bytes) throws IOException {
        try {
            return MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new IOException("it is no JSON", e);
        }
    }
}
