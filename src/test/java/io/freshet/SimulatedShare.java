package io.freshet;

import java.util.Collection;
import java.util.Set;

/** A replica's part of the partitions, for a simulation of several. */
public final class SimulatedShare {

    private final OwnedPart owned;

    public SimulatedShare(int partitions, boolean isNewGroup) {
        this.owned = OwnedPart.of(0, partitions, isNewGroup);
        owned.changesAre(Set.of());
    }

    public void assigned(Collection<Integer> partitions) {
        owned.refreshesAssigned(partitions);
    }

    public void gained(int partition) {
        owned.refreshesGained(Set.of(partition));
    }

    public void lost(int partition) {
        owned.refreshesLost(Set.of(partition));
    }

    public double share() {
        return owned.share();
    }

    public boolean isTakenOver() {
        return owned.isTakenOver();
    }
}
