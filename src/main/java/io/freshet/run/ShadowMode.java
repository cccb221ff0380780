package io.freshet.run;

import io.freshet.event.FactKey;
import io.freshet.event.WorkspaceFact;
import io.freshet.ledger.LedgerEntry;
import io.freshet.workspace.Workspace;
import java.util.Collection;
import java.util.Optional;

/**
 * That nothing is posted for a workspace is a setting. It is kept as a fact besides: so the ledger refuses to intend what was
 * planned before it was set, and everybody can see why that waits.
 */
final class ShadowMode {

    private static final String WHY = "freshet.workspace.runs=shadow: what was planned before waits";
    private static final String OVER = "freshet.workspace.runs=post";

    private ShadowMode() {}

    /** What is to be entered when the workspace is taken over; empty if the setting is as it was. */
    static Optional<LedgerEntry> change(Workspace workspace, Collection<WorkspaceFact> facts) {
        var key = FactKey.shadow(workspace.account());
        var isShadow = workspace.rules().isShadow();
        var wasShadow = facts.stream().anyMatch(fact -> fact.key().equals(key));
        if (isShadow == wasShadow) {
            return Optional.empty();
        }
        return Optional.of(
                isShadow
                        ? new LedgerEntry.FactAdded(key, WHY, Optional.empty())
                        : new LedgerEntry.FactTakenBack(key, OVER, Optional.empty()));
    }
}
