package io.freshet.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, each asked for by name and type. A field that is {@code null} counts as absent.
 *
 * @param wrong the code of an object whose fields are not as they should be
 * @param now times may be a day ahead of this at most
 */
record Fields(ObjectNode object, String wrong, Instant now) {

    /** More than any report imports; a request with more of them could outgrow what Mode reads. */
    static final int MOST_TOKENS = 1_000;

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration AHEAD = Duration.ofDays(1);

    boolean has(String name) {
        return present(name) != null;
    }

    Optional<String> text(String name) {
        return text(object, name, wrong);
    }

    static Optional<String> text(ObjectNode object, String name, String wrong) {
        var field = object.path(name);
        if (field.isMissingNode() || field.isNull()) {
            return Optional.empty();
        }
        if (!field.isTextual()) {
            throw new Unusable(wrong, "\"" + name + "\" must be a string.");
        }
        return Optional.of(field.textValue());
    }

    String requiredToken(String name) {
        return token(
                name,
                text(name).orElseThrow(() -> new Unusable(wrong, "\"" + name + "\" is missing: it names a token.")));
    }

    SortedSet<String> requiredTokens(String name) {
        var field = present(name);
        if (field == null || !field.isArray() || field.isEmpty() || field.size() > MOST_TOKENS) {
            throw new Unusable(wrong, "\"" + name + "\" must be an array of 1 to " + MOST_TOKENS + " tokens.");
        }
        var tokens = new TreeSet<String>();
        for (var element : field) {
            if (!element.isTextual()) {
                throw new Unusable(wrong, "\"" + name + "\" must hold nothing but strings.");
            }
            tokens.add(token(name, element.textValue()));
        }
        return tokens;
    }

    /** With any offset. */
    Optional<Instant> time(String name) {
        return text(name).map(text -> time(name, text));
    }

    Instant time(String name, String text) {
        var time = Times.parse(text)
                .orElseThrow(() -> new Unusable(
                        wrong, "\"%s\" is %s: %s.".formatted(name, SafeText.of(text), Times.advice(text))));
        return inReason(time, name);
    }

    /** Times far off are typing errors, and past some point no duration or text can be made of them. */
    private Instant inReason(Instant time, String name) {
        if (!isInReason(time)) {
            throw new Unusable(
                    wrong,
                    "\"%s\" is %s: send a time from 2000-01-01 to one day ahead, or none."
                            .formatted(name, SafeText.of(time.toString())));
        }
        return time;
    }

    boolean isInReason(Instant time) {
        return !time.isBefore(EARLIEST) && !time.isAfter(now.plus(AHEAD));
    }

    private String token(String name, String text) {
        if (!Tokens.isToken(text)) {
            throw new Unusable(
                    "bad_token",
                    "\"" + name + "\" has " + SafeText.of(text) + ": a token is 1 to 64 letters and digits.");
        }
        return text;
    }

    @Nullable JsonNode present(String name) {
        var field = object.get(name);
        return field == null || field.isNull() ? null : field;
    }
}
