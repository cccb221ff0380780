package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;

/**
 * A database that is connected to Mode. A text that Mode doesn't say is empty.
 *
 * @param adapter such as {@code jdbc:postgresql}
 * @param vendor the same by another name, such as {@code postgresql}
 * @param instance of a server that has several
 * @param deleted whether it is only kept for what refers to it
 */
public record DataSource(
        String token,
        String name,
        String adapter,
        String vendor,
        String host,
        OptionalInt port,
        String database,
        String instance,
        boolean deleted) {

    private static final int HIGHEST_PORT = 65_535;

    static DataSource of(JsonNode object) {
        var token = LenientJson.token(object).orElseThrow();
        return new DataSource(
                token,
                LenientJson.word(object, "name").orElse(token),
                word(object, "adapter"),
                word(object, "vendor"),
                word(object, "host"),
                port(object),
                word(object, "database"),
                word(object.path("custom_attributes"), "instance_name"),
                LenientJson.flag(object, "soft_deleted"));
    }

    private static String word(JsonNode object, String field) {
        return LenientJson.word(object, field).orElse("");
    }

    private static OptionalInt port(JsonNode object) {
        var port = object.path("port").asInt();
        return port > 0 && port <= HIGHEST_PORT ? OptionalInt.of(port) : OptionalInt.empty();
    }
}
