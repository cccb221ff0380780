package io.freshet.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Reads a stream of server-sent events, until it is closed. */
public final class EventStream implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public record Event(String id, String name, JsonNode data) {

        public String text(String field) {
            return data.path(field).asText();
        }
    }

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Stream<String> lines;
    private String id = "";
    private String name = "";
    private String data = "";

    private EventStream(Stream<String> lines) {
        this.lines = lines;
        var reader = new Thread(this::read, "event-stream");
        reader.setDaemon(true);
        reader.start();
    }

    public static EventStream open(URI uri, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new EventStream(HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofLines())
                .body());
    }

    public List<Event> events() {
        return events;
    }

    public List<Event> about(String report) {
        return events.stream()
                .filter(event -> event.text("report_token").equals(report))
                .toList();
    }

    private void read() {
        try {
            lines.forEach(this::read);
        } catch (UncheckedIOException e) {
            // closed
        }
    }

    private void read(String line) {
        if (line.isEmpty()) {
            end();
            return;
        }
        var value = line.substring(line.indexOf(':') + 1).strip();
        switch (line.substring(0, Math.max(0, line.indexOf(':')))) {
            case "id" -> id = value;
            case "event" -> name = value;
            case "data" -> data += value;
            default -> throw new IllegalStateException(line);
        }
    }

    private void end() {
        try {
            events.add(new Event(id, name, MAPPER.readTree(data)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        name = "";
        data = "";
    }

    @Override
    public void close() {
        lines.close();
    }
}
