package io.freshet.view;

import java.util.function.LongPredicate;

/**
 * A part of the {@link ChangeTable}: three arrays with open addressing, 24 bytes a place and no object a change, for a million of
 * them are remembered. A change that is gone leaves its place when the part next grows.
 */
final class ChangePart {

    private static final int SMALLEST = 4;
    private static final long USED = 1;
    private static final long OPEN = 2;
    private static final int BATCH_SHIFT = 2;

    private final LongPredicate isRemembered;
    private long[] digests = new long[SMALLEST];
    private long[] changedAt = new long[SMALLEST];
    private long[] marks = new long[SMALLEST];
    private int used;

    /** @param isRemembered whether the batch of this number is still there */
    ChangePart(LongPredicate isRemembered) {
        this.isRemembered = isRemembered;
    }

    /** The place of the change, or -1. */
    int find(long digest) {
        var place = placeOf(digest, digests, marks);
        return marks[place] == 0 ? -1 : place;
    }

    /** The place of the change, which it gets if it has none. */
    int put(long digest, long changedAtNanos) {
        if (used * 4L >= digests.length * 3L) {
            makeRoom();
        }
        var place = placeOf(digest, digests, marks);
        if (marks[place] == 0) {
            used++;
            digests[place] = digest;
            marks[place] = USED;
        }
        changedAt[place] = changedAtNanos;
        return place;
    }

    long changedAt(int place) {
        return changedAt[place];
    }

    /** The number of its batch; 0 where it has none. */
    long batch(int place) {
        return marks[place] >>> BATCH_SHIFT;
    }

    /** Whether the record of the open change is there. */
    boolean isOpen(int place) {
        return (marks[place] & OPEN) != 0;
    }

    void mark(int place, boolean isOpen, long batch) {
        marks[place] = batch << BATCH_SHIFT | (isOpen ? OPEN : 0) | USED;
    }

    int places() {
        return digests.length;
    }

    private boolean isAlive(int place) {
        return marks[place] != 0 && (isOpen(place) || (batch(place) != 0 && isRemembered.test(batch(place))));
    }

    private void makeRoom() {
        var alive = 0;
        for (var place = 0; place < digests.length; place++) {
            alive += isAlive(place) ? 1 : 0;
        }
        // Half as many again as are needed: a place is used to two thirds when the part was just made.
        moveTo(Math.max(SMALLEST, alive + alive / 2 + 1));
    }

    private void moveTo(int size) {
        var newDigests = new long[size];
        var newChangedAt = new long[size];
        var newMarks = new long[size];
        used = 0;
        for (var place = 0; place < digests.length; place++) {
            if (isAlive(place)) {
                var to = placeOf(digests[place], newDigests, newMarks);
                newDigests[to] = digests[place];
                newChangedAt[to] = changedAt[place];
                newMarks[to] = marks[place];
                used++;
            }
        }
        digests = newDigests;
        changedAt = newChangedAt;
        marks = newMarks;
    }

    /** Where it is, or the free place where it would be; a digest is as good as chance. */
    private static int placeOf(long digest, long[] digests, long[] marks) {
        var place = (int) Long.remainderUnsigned(digest, digests.length);
        while (marks[place] != 0 && digests[place] != digest) {
            place = place + 1 == digests.length ? 0 : place + 1;
        }
        return place;
    }
}
