package io.freshet.view;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * Changes by their digests: when each was made, and its batch. It is kept in parts, which grow one by one: to grow as a whole, a
 * table of a million would want more than it has in one piece, three times over and beside what it has.
 */
final class ChangeTable {

    private static final int PARTS = 64;

    private final LongPredicate isRemembered;
    /** A part that nothing was put into isn't there. A place says its part in the last digit to this base. */
    private final ChangePart[] parts = new ChangePart[PARTS];

    /** @param isRemembered whether the batch of this number is still there */
    ChangeTable(LongPredicate isRemembered) {
        this.isRemembered = isRemembered;
    }

    /** The place of the change, or -1. */
    int find(long digest) {
        var part = parts[partOf(digest)];
        var place = part == null ? -1 : part.find(digest);
        return place < 0 ? -1 : place * PARTS + partOf(digest);
    }

    /** The place of the change, which it gets if it has none. */
    int put(long digest, long changedAtNanos) {
        var part = partOf(digest);
        if (parts[part] == null) {
            parts[part] = new ChangePart(isRemembered);
        }
        return parts[part].put(digest, changedAtNanos) * PARTS + part;
    }

    /** When it was made, in nanoseconds. */
    long changedAt(int place) {
        return part(place).changedAt(place / PARTS);
    }

    /** The number of its batch; 0 where it has none. */
    long batch(int place) {
        return part(place).batch(place / PARTS);
    }

    /** Whether the record of the open change is there. */
    boolean isOpen(int place) {
        return part(place).isOpen(place / PARTS);
    }

    void mark(int place, boolean isOpen, long batch) {
        part(place).mark(place / PARTS, isOpen, batch);
    }

    int places() {
        return Arrays.stream(parts)
                .mapToInt(part -> part == null ? 0 : part.places())
                .sum();
    }

    private ChangePart part(int place) {
        return parts[place % PARTS];
    }

    /** By what a part itself doesn't go by. */
    private static int partOf(long digest) {
        return (int) (digest >>> 32) & (PARTS - 1);
    }
}
