package io.freshet.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Changes by name, as they are told in events and kept in Freshet's state. */
public final class ChangeRefJson {

    private ChangeRefJson() {}

    /** Those that are listed, and how many there are. */
    static void write(ChangeRefs changes, ObjectNode json) {
        var listed = json.putArray("changes");
        changes.listed().forEach(change -> write(change, listed.addObject()));
        json.put("changes_count", changes.count());
    }

    public static void write(ChangeRef change, ObjectNode json) {
        json.put("source", change.source());
        json.put("id", change.id());
        json.put("changed_at", change.changedAt().toString());
        if (change.reason() != null) {
            json.put("reason", change.reason());
        }
        if (change.dataSource() != null) {
            json.put("data_source", change.dataSource());
        }
    }

    /** @throws IOException if one of them is no change */
    public static List<ChangeRef> read(List<StoredObject> objects) throws IOException {
        var changes = new ArrayList<ChangeRef>();
        for (var change : objects) {
            changes.add(new ChangeRef(
                    change.text("source"),
                    change.text("id"),
                    change.time("changed_at"),
                    change.optionalText("reason").orElse(null),
                    change.optionalText("data_source").orElse(null)));
        }
        return changes;
    }
}
