package io.freshet;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Which part of all partitions is this replica's, and whether another may have had some of it. Plain Java. */
final class OwnedPart {

    private final int allChanges;
    private final int allRefreshes;
    private final Set<Integer> changes = new HashSet<>();
    private final Set<Integer> refreshes = new HashSet<>();
    private boolean isAlone;
    private boolean hasBegun;
    private boolean hasBegunWithRefreshes;

    private OwnedPart(int allChanges, int allRefreshes, boolean isAlone) {
        this.allChanges = allChanges;
        this.allRefreshes = allRefreshes;
        this.isAlone = isAlone;
    }

    /** @param isNewGroup whether there was no member of the group yet when this replica looked */
    static OwnedPart of(int changePartitions, int refreshPartitions, boolean isNewGroup) {
        return new OwnedPart(changePartitions, refreshPartitions, isNewGroup);
    }

    void changesAre(Set<Integer> partitions) {
        // Whoever is the first of a new group gets all at once. If it doesn't, another was faster, and may have called.
        isAlone = isAlone && (hasBegun || partitions.size() == allChanges) && partitions.containsAll(changes);
        hasBegun = true;
        changes.clear();
        changes.addAll(partitions);
    }

    /** These are to be its own as well, once they are restored. As above: all, or another has had some. */
    void refreshesAssigned(Collection<Integer> partitions) {
        isAlone = isAlone && (hasBegunWithRefreshes || partitions.size() == allRefreshes);
        hasBegunWithRefreshes = true;
    }

    void refreshesGained(Collection<Integer> partitions) {
        refreshes.addAll(partitions);
    }

    void refreshesLost(Collection<Integer> partitions) {
        refreshes.removeAll(partitions);
        isAlone = isAlone && partitions.isEmpty();
    }

    /** From 0 to 1. */
    double share() {
        return (double) (changes.size() + refreshes.size()) / (allChanges + allRefreshes);
    }

    /** Whether another replica may have used the budget until now. A part of the whole is never all of a new group. */
    boolean isTakenOver() {
        return !isAlone || changes.size() + refreshes.size() < allChanges + allRefreshes;
    }
}
