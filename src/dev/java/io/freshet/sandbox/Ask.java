package io.freshet.sandbox;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A request, as far as routes care.
 *
 * @param account empty where the path is not about one
 * @param segments of the path past the account
 * @param shown the path as the call log has it
 */
record Ask(
        String method,
        Optional<String> account,
        List<String> segments,
        Map<String, String> query,
        String shown,
        String body) {

    private static final String VERIFY = "verify";

    static Ask of(String method, String path, String queryText, Map<String, String> query, String body) {
        var parts = Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.equals("collections") ? "spaces" : part)
                .toList();
        var question = queryText.isEmpty() ? "" : "?" + queryText;
        if (parts.equals(List.of("api", VERIFY))) {
            return new Ask(method, Optional.empty(), List.of(VERIFY), query, path + question, body);
        }
        if (parts.size() < 2 || !parts.get(0).equals("api")) {
            return new Ask(method, Optional.empty(), parts, query, path + question, body);
        }
        var segments = parts.subList(2, parts.size());
        var shown = "/" + String.join("/", segments) + question;
        return new Ask(method, Optional.of(parts.get(1)), segments, query, shown, body);
    }

    /** {@code GET reports/*}{@code /runs}: every other segment is a token. */
    String shape() {
        return IntStream.range(0, segments.size())
                .mapToObj(at -> at % 2 == 0 ? segments.get(at) : "*")
                .collect(Collectors.joining("/", method + " ", ""));
    }

    /** The thing that the path is about. */
    String token() {
        return segments.get(1);
    }

    String run() {
        return segments.get(3);
    }

    Optional<String> report() {
        return segments.size() > 1 && segments.get(0).equals("reports") ? Optional.of(token()) : Optional.empty();
    }

    boolean asksForRun() {
        var shape = shape();
        return shape.equals("POST reports/*/runs") || shape.equals("POST datasets/*/runs");
    }

    Faults.Request request() {
        return new Faults.Request(method, shown);
    }

    Page page(int size) {
        return new Page(Math.max(1, number("page", 1)), Math.max(1, Math.min(Page.LARGEST, number("per_page", size))));
    }

    private int number(String parameter, int otherwise) {
        var text = query.getOrDefault(parameter, "");
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : otherwise;
    }
}
