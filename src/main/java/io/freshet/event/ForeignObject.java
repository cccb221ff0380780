package io.freshet.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Objects that name no target: what there is instead, and what their writer has to change. */
final class ForeignObject {

    private static final List<String> TARGETS = List.of("data_source", "space", "datasets", "report_token");
    private static final int MOST_NAMED = 6;

    private ForeignObject() {}

    /** @param wanted a sentence that says what is missing */
    static String reason(ObjectNode object, String wanted) {
        if (object.path("payload").isContainerNode() && object.has("schema")) {
            return wanted + " Kafka Connect has wrapped the value in \"schema\" and \"payload\": set"
                    + " value.converter.schemas.enable to false.";
        }
        if (isOfOpenLineage(object)) {
            return wanted + " It is an event of OpenLineage: write it to a topic of its own, and name that as"
                    + " freshet.topics.openlineage.";
        }
        var wrapping = object.properties().stream()
                .filter(field -> isTarget(field.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
        return wrapping.map(name ->
                        wanted + " That is inside of " + SafeText.of(name) + ": send what is in there by itself.")
                .orElseGet(() -> wanted + found(object));
    }

    private static boolean isOfOpenLineage(ObjectNode object) {
        return object.path("schemaURL").asText().contains("openlineage")
                || (object.has("eventTime") && object.path("job").has("name"));
    }

    private static boolean isTarget(JsonNode field) {
        return TARGETS.stream().anyMatch(field::has);
    }

    private static String found(ObjectNode object) {
        if (object.isEmpty()) {
            return " It is empty.";
        }
        var names = object.properties().stream()
                .limit(MOST_NAMED)
                .map(field -> '"' + SafeText.shown(field.getKey(), 24) + '"')
                .collect(Collectors.joining(", "));
        return " It has " + names + (object.size() > MOST_NAMED ? " and more." : ".");
    }
}
