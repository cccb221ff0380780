package io.freshet.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefJson;
import io.freshet.event.StoredForm;
import io.freshet.event.StoredObject;
import io.freshet.state.Unshown;
import io.freshet.state.Unshown.Breach;
import io.freshet.state.Unshown.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** The stored form of what a report under objectives hasn't shown. */
final class UnshownJson {

    private UnshownJson() {}

    static byte[] write(Unshown unshown) {
        var json = StoredForm.begin();
        var parts = json.putArray("parts");
        unshown.parts().forEach(part -> write(part, parts.addObject()));
        var breaches = json.putArray("breaches");
        unshown.breaches().forEach((objective, breach) -> write(objective, breach, breaches.addObject()));
        return StoredForm.bytes(json);
    }

    private static void write(Part part, ObjectNode json) {
        json.put("batch", part.batch());
        part.datasets().forEach(json.putArray("datasets")::add);
        part.objectives().forEach(json.putArray("objectives")::add);
        ChangeRefJson.write(part.oldest(), json.putObject("oldest"));
    }

    private static void write(String objective, Breach breach, ObjectNode json) {
        json.put("objective", objective);
        ChangeRefJson.write(breach.change(), json.putObject("change"));
        json.put("within", breach.within().toString()).put("at", breach.at().toString());
    }

    static Unshown read(byte[] bytes) throws IOException {
        var json = StoredForm.read(bytes);
        var parts = new ArrayList<Part>();
        for (var part : json.objects("parts")) {
            parts.add(new Part(
                    part.number("batch"),
                    new TreeSet<>(part.texts("datasets")),
                    new TreeSet<>(part.texts("objectives")),
                    change(part.object("oldest"))));
        }
        var breaches = new TreeMap<String, Breach>();
        for (var breach : json.objects("breaches")) {
            breaches.put(
                    breach.text("objective"),
                    new Breach(change(breach.object("change")), breach.duration("within"), breach.time("at")));
        }
        return new Unshown(parts, breaches);
    }

    private static ChangeRef change(StoredObject json) throws IOException {
        return ChangeRefJson.read(List.of(json)).get(0);
    }
}
