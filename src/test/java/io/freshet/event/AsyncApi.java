package io.freshet.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Headers;

/**
 * {@code docs/asyncapi.yaml}, and whether a value is as a schema of it says. Stricter than JSON Schema: what isn't
 * described is a fault, and so is a keyword that this class doesn't know.
 */
public final class AsyncApi {

    private static final Set<String> PROSE = Set.of("title", "description");
    private static final Set<String> KEYWORDS = Set.of(
            "type",
            "const",
            "enum",
            "pattern",
            "format",
            "maxLength",
            "minimum",
            "required",
            "properties",
            "oneOf",
            "items",
            "minItems",
            "maxItems");

    private final JsonNode document;

    private AsyncApi(JsonNode document) {
        this.document = document;
    }

    public static AsyncApi read() {
        try {
            return new AsyncApi(
                    new YAMLMapper().readTree(Path.of("docs", "asyncapi.yaml").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static AsyncApi of(JsonNode document) {
        return new AsyncApi(document);
    }

    public JsonNode document() {
        return document;
    }

    /** A schema of its own name. */
    public JsonNode schema(String name) {
        return at("#/components/schemas/" + name);
    }

    public JsonNode message(String name) {
        return at("#/components/messages/" + name);
    }

    /** What a reference leads to. */
    public JsonNode at(String reference) {
        var found = document.at(reference.substring(1));
        if (!reference.startsWith("#/") || found.isMissingNode()) {
            throw new IllegalArgumentException(reference + " leads nowhere in docs/asyncapi.yaml");
        }
        return found.has("$ref") ? at(found.path("$ref").asText()) : found;
    }

    /** The values that a field is known to take where more may come. */
    public List<String> knownValues(String schema) {
        return texts(schema(schema).path("x-known-values"));
    }

    /** What is wrong with a value; nothing where it is as the schema says. */
    public List<String> faults(JsonNode schema, JsonNode value) {
        var faults = new ArrayList<String>();
        check("$", schema, value, faults);
        return faults;
    }

    private void check(String place, JsonNode schema, JsonNode value, List<String> faults) {
        if (schema.has("$ref")) {
            unknown(schema, key -> PROSE.contains(key) || key.equals("$ref"), place, faults);
            check(place, at(schema.path("$ref").asText()), value, faults);
            return;
        }
        unknown(schema, key -> PROSE.contains(key) || KEYWORDS.contains(key) || key.startsWith("x-"), place, faults);
        checkValue(place, schema, value, faults);
        if (value.isObject()) {
            checkFields(place, schema, value, faults);
        }
        if (value.isArray()) {
            checkElements(place, schema, value, faults);
        }
    }

    private static void unknown(JsonNode schema, Predicate<String> known, String place, List<String> faults) {
        schema.fieldNames().forEachRemaining(key -> {
            if (!known.test(key)) {
                faults.add(place + ": the schema has a keyword that nothing checks: " + key);
            }
        });
    }

    private static void checkValue(String place, JsonNode schema, JsonNode value, List<String> faults) {
        var text = value.asText();
        fault(schema.has("type") && !isOf(schema.path("type").asText(), value), place + " is no " + schema, faults);
        fault(schema.has("const") && !schema.path("const").equals(value), place + " is not the constant", faults);
        fault(
                schema.has("enum") && !texts(schema.path("enum")).contains(text),
                place + " is " + value + " and none of " + schema.path("enum"),
                faults);
        fault(
                schema.has("pattern")
                        && !Pattern.compile(schema.path("pattern").asText())
                                .matcher(text)
                                .find(),
                place + " is " + value + ", which is not like " + schema.path("pattern"),
                faults);
        fault(schema.has("format") && !isTime(text), place + " is " + value + " and no time", faults);
        fault(
                schema.has("maxLength")
                        && text.length() > schema.path("maxLength").asInt(),
                place + " is too long",
                faults);
        fault(
                schema.has("minimum") && value.asInt() < schema.path("minimum").asInt(),
                place + " is too small: " + value,
                faults);
    }

    private void checkFields(String place, JsonNode schema, JsonNode value, List<String> faults) {
        texts(schema.path("required"))
                .forEach(name -> fault(!value.has(name), place + "." + name + " is missing", faults));
        value.properties().forEach(field -> {
            var described = schema.path("properties").path(field.getKey());
            var at = place + "." + field.getKey();
            fault(described.isMissingNode(), at + " is not described", faults);
            check(at, described, field.getValue(), faults);
        });
        if (schema.has("oneOf")) {
            var branches = StreamSupport.stream(schema.path("oneOf").spliterator(), false)
                    .filter(branch -> texts(branch.path("required")).stream().allMatch(value::has))
                    .count();
            fault(branches != 1, place + " is as " + branches + " of " + schema.path("oneOf") + " say", faults);
        }
    }

    private void checkElements(String place, JsonNode schema, JsonNode value, List<String> faults) {
        fault(value.size() < schema.path("minItems").asInt(0), place + " has too few elements", faults);
        fault(value.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE), place + " has too many", faults);
        fault(!schema.has("items"), place + " has elements that are not described", faults);
        value.forEach(element -> check(place + "[]", schema.path("items"), element, faults));
    }

    private static void fault(boolean present, String fault, List<String> faults) {
        if (present) {
            faults.add(fault);
        }
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> throw new IllegalArgumentException("a type that nothing checks: " + type);
        };
    }

    private static boolean isTime(String text) {
        try {
            return OffsetDateTime.parse(text).getYear() > 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** As an object of texts, which is how headers are described. */
    static JsonNode json(Headers headers) {
        var object = JsonNodeFactory.instance.objectNode();
        headers.forEach(header -> object.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return object;
    }

    public static JsonNode json(byte[] value) {
        try {
            return new ObjectMapper().readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
