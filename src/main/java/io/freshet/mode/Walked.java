package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What has been read of a listing.
 *
 * @param rows each once, by its token
 * @param pages the tokens of each page that had an unseen one
 */
record Walked<T>(Map<String, T> rows, List<Set<String>> pages) {

    Walked() {
        this(new LinkedHashMap<>(), new ArrayList<>());
    }

    /** @return the rows that were unseen */
    List<T> add(List<JsonNode> page, Function<JsonNode, T> reading) {
        var unseen = new LinkedHashMap<String, T>();
        page.stream()
                .filter(row -> !rows.containsKey(token(row)))
                .forEach(row -> unseen.computeIfAbsent(token(row), token -> reading.apply(row)));
        if (!unseen.isEmpty()) {
            rows.putAll(unseen);
            pages.add(page.stream().map(Walked::token).collect(Collectors.toSet()));
        }
        return List.copyOf(unseen.values());
    }

    private static String token(JsonNode row) {
        return LenientJson.token(row).orElseThrow();
    }
}
