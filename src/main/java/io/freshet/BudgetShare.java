package io.freshet;

import io.freshet.mode.Modes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/**
 * This replica's part of every workspace's API budget: as large as its part of the partitions. Replicas that share a
 * group share the budget so, without knowing of each other, and together never have more than all of it.
 */
@ApplicationScoped
class BudgetShare {

    private final Modes modes;
    private OwnedPart owned = OwnedPart.of(1, 1, false);

    BudgetShare(Modes modes) {
        this.modes = modes;
    }

    /** What there is to share; to be called before anything is read. */
    synchronized void of(CheckTopics.Found found) {
        owned = OwnedPart.of(found.changePartitions(), found.refreshPartitions(), found.isNewGroup());
    }

    synchronized void changesAre(Set<Integer> partitions) {
        owned.changesAre(partitions);
        tell();
    }

    synchronized void refreshesAssigned(Collection<Integer> partitions) {
        owned.refreshesAssigned(partitions);
    }

    synchronized void refreshesGained(Collection<Integer> partitions) {
        owned.refreshesGained(partitions);
        tell();
    }

    synchronized void refreshesLost(Collection<Integer> partitions) {
        owned.refreshesLost(partitions);
        tell();
    }

    /** Until when the share is sure to be this replica's; see {@link Lease}. */
    void leasedUntil(Instant until) {
        modes.all().forEach(mode -> mode.lease(until));
    }

    private void tell() {
        modes.all().forEach(mode -> mode.share(owned.share(), owned.isTakenOver()));
    }
}
