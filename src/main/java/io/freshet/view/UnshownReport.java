package io.freshet.view;

import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefJson;
import io.freshet.event.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * That a report hasn't shown a change yet which an objective counts.
 *
 * @param oldest the oldest one of these
 */
public record UnshownReport(String account, String report, String objective, ChangeRef oldest) {

    private static final BinaryOperator<ChangeRef> OLDER =
            BinaryOperator.minBy(Comparator.comparing(ChangeRef::changedAt));

    /** One for each objective. */
    static List<UnshownReport> of(ViewKey key, StoredObject unshown) throws IOException {
        var oldest = new TreeMap<String, ChangeRef>();
        for (var part : unshown.objects("parts")) {
            var change = ChangeRefJson.read(List.of(part.object("oldest"))).get(0);
            part.texts("objectives").forEach(objective -> oldest.merge(objective, change, OLDER));
        }
        var all = new ArrayList<UnshownReport>();
        oldest.forEach((objective, change) -> all.add(new UnshownReport(key.account(), key.name(), objective, change)));
        return List.copyOf(all);
    }
}
