package io.freshet.lineage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.event.RecordPlace;
import io.freshet.event.StoredForm;
import io.freshet.event.StoredObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;

/** The stored form of what is known of a run. */
public final class LineageJson {

    private LineageJson() {}

    public static byte[] write(LineageRun run) {
        var json = StoredForm.begin();
        write(run.job(), run.outputs(), run.place(), json);
        run.completedAt().ifPresent(at -> json.put("completed_at", at.toString()));
        if (run.isMatched()) {
            json.put("matched", true);
        }
        json.put("seen_at", run.seenAt().toString());
        return StoredForm.bytes(json);
    }

    /**
     * @throws io.freshet.event.NewerReaderNeeded if only a later version may read it
     * @throws IOException if the bytes are no run
     */
    public static LineageRun read(byte[] bytes) throws IOException {
        var json = StoredForm.read(bytes);
        return new LineageRun(
                job(json),
                outputs(json),
                json.optionalTime("completed_at"),
                json.flag("matched"),
                json.time("seen_at"),
                place(json));
    }

    static void write(Job job, Outputs outputs, RecordPlace place, ObjectNode json) {
        json.put("job_namespace", job.namespace()).put("job_name", job.name());
        job.integration().ifPresent(tool -> json.put("integration", tool));
        var all = json.putArray("outputs");
        outputs.all().forEach(output -> {
            var names = all.addObject().putArray("names");
            output.names().forEach(table -> names.addObject()
                    .put("namespace", table.namespace())
                    .put("name", table.name()));
        });
        json.put("topic", place.topic())
                .put("partition", place.partition())
                .put("offset", place.offset())
                .put("timestamp", place.timestamp().toEpochMilli());
    }

    static Job job(StoredObject json) throws IOException {
        return new Job(json.text("job_namespace"), json.text("job_name"), json.optionalText("integration"));
    }

    static Outputs outputs(StoredObject json) throws IOException {
        var outputs = new ArrayList<Output>();
        for (var output : json.objects("outputs")) {
            var names = new ArrayList<TableName>();
            for (var table : output.objects("names")) {
                names.add(new TableName(table.text("namespace"), table.text("name")));
            }
            outputs.add(new Output(names));
        }
        return Outputs.of(outputs);
    }

    static RecordPlace place(StoredObject json) throws IOException {
        return new RecordPlace(
                json.text("topic"),
                json.smallNumber("partition"),
                json.number("offset"),
                Instant.ofEpochMilli(json.number("timestamp")));
    }
}
