package io.freshet.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;

/** A judged change as Freshet keeps it, in the inbox and in its state. */
public final class ChangeJson {

    private ChangeJson() {}

    public static byte[] write(Change change) {
        var json = StoredForm.begin();
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
        return StoredForm.bytes(json);
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

    /**
     * @throws NewerReaderNeeded if only a later version may read it
     * @throws IOException if the bytes are no change
     */
    public static Change read(byte[] bytes) throws IOException {
        var json = StoredForm.read(bytes);
        var target = readTarget(json);
        return new Change(
                json.text("account"),
                target,
                new ChangeRef(
                        json.text("source"),
                        json.text("id"),
                        json.time("changed_at"),
                        json.optionalText("reason").orElse(null),
                        target.dataSource().orElse(null)),
                new Traces(json.texts("traces")),
                new RecordPlace(
                        json.text("topic"),
                        json.smallNumber("partition"),
                        json.number("offset"),
                        Instant.ofEpochMilli(json.number("timestamp"))));
    }

    private static Target readTarget(StoredObject json) throws IOException {
        if (json.has("data_source")) {
            return new Target.DataSource(json.text("data_source"));
        }
        if (json.has("space")) {
            return new Target.Space(json.text("space"));
        }
        if (json.has("report")) {
            return new Target.Report(json.text("report"), new TreeSet<>(json.texts("report_datasets")));
        }
        if (json.has("datasets")) {
            return new Target.Datasets(new TreeSet<>(json.texts("datasets")));
        }
        throw new IOException("it has no target that this version knows");
    }
}
