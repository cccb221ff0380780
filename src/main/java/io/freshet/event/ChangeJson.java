package io.freshet.event;

import java.io.IOException;
import java.time.Instant;
import java.util.TreeSet;

/** A judged change as Freshet keeps it, in the inbox and in its state. */
public final class ChangeJson {

    private ChangeJson() {}

    public static byte[] write(Change change) {
        var json = StoredForm.begin();
        json.put("account", change.account());
        TargetJson.write(change.target(), json);
        if (!change.tables().isEmpty()) {
            change.tables().forEach(json.putArray("tables")::add);
        }
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

    /**
     * @throws NewerReaderNeeded if only a later version may read it
     * @throws IOException if the bytes are no change
     */
    public static Change read(byte[] bytes) throws IOException {
        var json = StoredForm.read(bytes);
        var target = TargetJson.read(json);
        return new Change(
                json.text("account"),
                target,
                new TreeSet<>(json.texts("tables")),
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
}
