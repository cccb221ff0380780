package io.freshet.api.admin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.freshet.api.Problem;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies strictly: a field that is misspelt must not be taken for one that was left out.
 *
 * <p>The framework could read them, but only with the application's one mapper: then what is strict here would be strict for
 * everybody who uses it. Its switch for unknown fields covers neither a field that is there twice, nor what follows the
 * object, nor a number instead of a text; and one exception mapper would have to tell an admin's body from any other JSON.
 */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private Json() {}

    static <T> T read(byte @Nullable [] body, Class<T> type) {
        try {
            var read = body == null || body.length == 0 ? null : MAPPER.readValue(body, type);
            if (read == null) {
                throw Problem.wrong("The body must be a JSON object, such as {}.");
            }
            return read;
        } catch (UnrecognizedPropertyException e) {
            throw Problem.wrong("The body has an unknown field; it may have: %s.".formatted(e.getKnownPropertyIds()));
        } catch (JsonProcessingException e) {
            var place = e.getLocation() == null
                    ? ""
                    : " (line %d, column %d)"
                            .formatted(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr());
            throw Problem.wrong(
                    "The body is no JSON with the right fields and types%s: see /q/openapi.".formatted(place));
        } catch (IOException e) {
            throw Problem.wrong("The body can't be read.");
        }
    }
}
