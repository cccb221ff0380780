package io.freshet.run;

import io.freshet.telemetry.OpenChanges.InHand;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which workspaces take no more changes for now. Plain Java.
 *
 * <p>A quarter of the bytes is kept for those that have little: each may have an equal part of it, whatever the others have.
 * So the flood of one workspace holds up no other.
 *
 * @param changes so many may be open in a workspace
 * @param bytes so much memory may be taken by those of all workspaces together
 */
record InboxBounds(int changes, long bytes) {

    /** What the contract says: 100,000, and a quarter of the heap. */
    static InboxBounds ofThisProcess() {
        return new InboxBounds(100_000, Runtime.getRuntime().maxMemory() / 4);
    }

    /**
     * One that waits goes on at nine tenths of its bound, so that it doesn't open and close with each change.
     *
     * @param inHand by account
     * @param waiting those that wait now
     */
    Set<String> full(Map<String, InHand> inHand, Set<String> waiting) {
        var all = inHand.values().stream().mapToLong(InHand::bytes).sum();
        var kept = bytes
                / 4
                / Math.max(
                        1,
                        inHand.values().stream()
                                .filter(one -> one.changes() > 0)
                                .count());
        var full = new TreeSet<String>();
        inHand.forEach((account, one) -> {
            var tenths = waiting.contains(account) ? 9 : 10;
            var isShort = isOver(all, tenths, free()) && isOver(one.bytes(), tenths, kept);
            if (isOver(one.changes(), tenths, changes)
                    || (one.changes() > 0 && (isShort || isOver(all, tenths, bytes)))) {
                full.add(account);
            }
        });
        return full;
    }

    /**
     * Whether one more may wait now, going by those alone that have grown.
     *
     * @param all what all workspaces weigh together
     */
    boolean isReached(List<InHand> grown, long all) {
        return isOver(all, 10, free()) || grown.stream().anyMatch(one -> isOver(one.changes(), 10, changes));
    }

    /** What is there for whoever comes first. */
    private long free() {
        return bytes / 4 * 3;
    }

    private static boolean isOver(long value, int tenths, long bound) {
        return value >= bound / 10 * tenths;
    }
}
