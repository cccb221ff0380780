package io.freshet.ops;

import io.freshet.refresh.Agenda;
import io.freshet.refresh.Standings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.IntSupplier;

/** What the two flows have in hand at present; each says at its beginning where that is to be seen. */
@ApplicationScoped
public class Flows {

    private volatile IntSupplier changes = () -> 0;
    private volatile Standings reports = new Agenda();

    /** How many changes have been read and not yet answered. */
    public void watchChanges(IntSupplier inHand) {
        changes = inHand;
    }

    /** Where the reports stand. */
    public void watchReports(Standings standings) {
        reports = standings;
    }

    int changesInHand() {
        return changes.getAsInt();
    }

    Standings reports() {
        return reports;
    }
}
