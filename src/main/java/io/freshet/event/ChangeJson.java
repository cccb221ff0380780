package io.freshet.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A judged change as Freshet keeps it, in the inbox and in its state: names of its own, and a version. */
public final class ChangeJson {

    /** The newest form that this version reads. A record names the oldest version that may read it. */
    public static final int VERSION = 1;

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private ChangeJson() {}

    public static byte[] write(Change change) {
        var json = MAPPER.createObjectNode();
        json.put("v", VERSION);
        json.put("account", change.account());
        writeTarget(change.target(), json);
        json.put("source", change.ref().source());
        json.put("id", change.ref().id());
        json.put("changed_at", change.ref().changedAt().toString());
        if (change.ref().reason() != null) {
            json.put("reason", change.ref().reason());
        }
        json.put("topic", change.place().topic());
        json.put("partition", change.place().partition());
        json.put("offset", change.place().offset());
        json.put("timestamp", change.place().timestamp().toEpochMilli());
        if (!change.traces().parents().isEmpty()) {
            change.traces().parents().forEach(json.putArray("traces")::add);
        }
        return Json.bytes(json);
    }

    private static void writeTarget(Target target, ObjectNode json) {
        target.<Object>fold(
                dataSource -> json.put("data_source", dataSource.token()),
                space -> json.put("space", space.token()),
                datasets -> putTokens(json, "datasets", datasets.tokens()),
                report -> {
                    json.put("report", report.token());
                    return putTokens(json, "report_datasets", report.datasets());
                });
    }

    private static ObjectNode putTokens(ObjectNode json, String name, SortedSet<String> tokens) {
        tokens.forEach(json.putArray(name)::add);
        return json;
    }

    /** @throws IOException if the bytes are no change, or one that only a later version may read */
    public static Change read(byte[] bytes) throws IOException {
        var json = MAPPER.readTree(bytes);
        if (json == null || !json.isObject() || json.path("v").asInt() < 1) {
            throw new IOException("it is no change that Freshet wrote");
        }
        if (json.path("v").asInt() > VERSION) {
            throw new IOException(
                    "a later version of Freshet wrote it: " + json.path("v").asInt());
        }
        try {
            var target = readTarget(json);
            return new Change(
                    text(json, "account"),
                    target,
                    new ChangeRef(
                            text(json, "source"),
                            text(json, "id"),
                            Instant.parse(text(json, "changed_at")),
                            json.path("reason").textValue(),
                            target.dataSource().orElse(null)),
                    new Traces(texts(json.path("traces"))),
                    new RecordPlace(
                            text(json, "topic"),
                            json.path("partition").asInt(),
                            json.path("offset").asLong(),
                            Instant.ofEpochMilli(json.path("timestamp").asLong())));
        } catch (DateTimeException e) {
            throw new IOException("changed_at is no time", e);
        }
    }

    private static Target readTarget(JsonNode json) throws IOException {
        if (json.has("data_source")) {
            return new Target.DataSource(text(json, "data_source"));
        }
        if (json.has("space")) {
            return new Target.Space(text(json, "space"));
        }
        if (json.has("report")) {
            return new Target.Report(text(json, "report"), new TreeSet<>(texts(json.path("report_datasets"))));
        }
        if (json.has("datasets")) {
            return new Target.Datasets(new TreeSet<>(texts(json.path("datasets"))));
        }
        throw new IOException("it has no target that this version knows");
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static String text(JsonNode json, String name) throws IOException {
        var field = json.path(name);
        if (!field.isTextual()) {
            throw new IOException("it has no \"" + name + "\"");
        }
        return field.textValue();
    }
}
