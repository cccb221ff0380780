package io.freshet.view;

import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefJson;
import io.freshet.event.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.time.Instant;

/**
 * A report that is late.
 *
 * @param objective the name of the one that it is late for
 * @param change the oldest one that it didn't show in time
 * @param since when that was told
 */
public record LateReport(String account, String report, String objective, ChangeRef change, Instant since) {

    /** Of what a report hasn't shown: one for each objective for which that was told. */
    static List<LateReport> of(ViewKey key, StoredObject unshown) throws IOException {
        var all = new ArrayList<LateReport>();
        for (var breach : unshown.objects("breaches")) {
            all.add(new LateReport(
                    key.account(),
                    key.name(),
                    breach.text("objective"),
                    ChangeRefJson.read(List.of(breach.object("change"))).get(0),
                    breach.time("at")));
        }
        return List.copyOf(all);
    }
}
