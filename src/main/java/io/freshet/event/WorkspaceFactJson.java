package io.freshet.event;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The stored form of what is known of a workspace. */
public final class WorkspaceFactJson {

    /** A version that knows no facts would post what is held. */
    private static final int KNOWS_FACTS = 2;

    private WorkspaceFactJson() {}

    public static byte[] write(WorkspaceFact fact) {
        var json = StoredForm.begin(KNOWS_FACTS)
                .put("what", fact.key().kind().word())
                .put("subject", fact.key().subject().text())
                .put("why", fact.why());
        fact.by().ifPresent(by -> json.put("by", by));
        json.put("at", fact.at().toString());
        return StoredForm.bytes(json);
    }

    /** What it is about is in the key: if the rest can't be read, that still counts, for what is held stays held. */
    public static WorkspaceFact read(FactKey key, byte[] bytes) {
        try {
            var json = StoredForm.read(bytes);
            return new WorkspaceFact(key, json.text("why"), json.optionalText("by"), json.time("at"));
        } catch (IOException e) {
            return new WorkspaceFact(
                    key, "its record can't be read: " + e.getMessage(), Optional.empty(), Instant.EPOCH);
        }
    }
}
