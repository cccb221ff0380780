package io.freshet.lineage;

import io.freshet.event.StoredForm;
import java.io.IOException;

/** An event of a run on its way through the inbox to the owner of a workspace. */
public final class RunUpdateJson {

    private RunUpdateJson() {}

    public static byte[] write(RunUpdate event) {
        var json = StoredForm.begin();
        json.put("run", event.run());
        json.put("phase", event.phase().name());
        json.put("at", event.at().toString());
        LineageJson.write(event.job(), event.outputs(), event.place(), json);
        return StoredForm.bytes(json);
    }

    /**
     * @throws io.freshet.event.NewerReaderNeeded if only a later version may read it
     * @throws IOException if the bytes are no event
     */
    public static RunUpdate read(byte[] bytes) throws IOException {
        var json = StoredForm.read(bytes);
        return new RunUpdate(
                json.text("run"),
                RunPhase.of(json.text("phase")),
                json.time("at"),
                LineageJson.job(json),
                LineageJson.outputs(json),
                LineageJson.place(json));
    }
}
