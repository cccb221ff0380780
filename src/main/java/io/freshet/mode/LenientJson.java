package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Mode's JSON, read as it really is: fields may be missing, null or of another type than the reference says, and then
 * they are absent. Only a token must be one, since it goes into URLs. Records that Jackson binds would lose a whole page to
 * one odd field, so what is read is a tree.
 */
final class LenientJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LONGEST_WORD = 200;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9]{1,64}");

    /** {@code 2024-09-02T07:38:43.722Z}, {@code …+00:00} and {@code …+0000}. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private LenientJson() {}

    /** Nothing at all counts as an empty object: a deletion is answered so. Empty where it is no JSON object. */
    static Optional<JsonNode> object(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return Optional.of(JsonNodeFactory.instance.objectNode());
        }
        try {
            return Optional.ofNullable(MAPPER.readTree(body)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static ObjectNode newObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    static byte[] bytes(ObjectNode body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new UncheckedIOException("a tree of texts that can't be written", e);
        }
    }

    /**
     * The rows of a page that have a token. Mode ends its listings in more than one form: the array is empty, null or
     * missing, or there is no {@code _embedded}, or no body. Each is a page without rows. So is a first page of that
     * kind: the listing is empty. Empty where the page is malformed, or lists something else.
     */
    static Optional<List<JsonNode>> rows(JsonNode page, String key) {
        var embedded = page.path("_embedded");
        var rows = embedded.path(key);
        if (isAbsent(embedded) || (embedded.isObject() && (rows.isNull() || embedded.isEmpty()))) {
            return Optional.of(List.of());
        }
        return rows.isArray()
                ? Optional.of(StreamSupport.stream(rows.spliterator(), false)
                        .filter(row -> token(row).isPresent())
                        .toList())
                : Optional.empty();
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /** How many pages there are, where the listing counts them. */
    static Optional<Integer> totalPages(JsonNode page) {
        var total = page.path("pagination").path("total_pages");
        return total.isMissingNode() || total.asInt(-1) < 0 ? Optional.empty() : Optional.of(total.asInt());
    }

    static Optional<String> token(JsonNode object) {
        return token(object, "token");
    }

    /** Absent also where what stands there is no token. */
    static Optional<String> token(JsonNode object, String field) {
        return text(object, field).filter(token -> TOKEN.matcher(token).matches());
    }

    /** Of an array of objects, each with another token; empty where there is no such array. */
    static Optional<SortedSet<String>> tokens(JsonNode object, String field) {
        var array = object.path(field);
        var tokens = new TreeSet<String>();
        array.forEach(element -> token(element).ifPresent(tokens::add));
        return array.isArray() && tokens.size() == array.size() ? Optional.of(tokens) : Optional.empty();
    }

    static Optional<String> text(JsonNode object, String field) {
        var value = object.path(field);
        return value.isTextual() || value.isNumber() ? Optional.of(value.asText()) : Optional.empty();
    }

    /** A text that goes on into events and memory. Nothing that Mode means is longer; the rest is cut. */
    static Optional<String> word(JsonNode object, String field) {
        return text(object, field)
                .map(text -> text.length() <= LONGEST_WORD ? text : text.substring(0, LONGEST_WORD) + "…");
    }

    static boolean flag(JsonNode object, String field) {
        return object.path(field).asBoolean(false);
    }

    static Optional<Instant> time(JsonNode object, String field) {
        return text(object, field).flatMap(LenientJson::time);
    }

    /** Absent where the text is no time, or none that a run of Mode's can have: not all of them can be reckoned with. */
    static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text, TIME).toInstant())
                    .filter(time -> time.isAfter(EARLIEST) && time.isBefore(LATEST));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<Duration> seconds(JsonNode object, String field) {
        var seconds = object.path(field).asDouble(-1);
        return seconds < 0 || seconds > Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) (seconds * 1000)));
    }
}
