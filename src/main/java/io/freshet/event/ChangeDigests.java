package io.freshet.event;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.function.ToLongFunction;

/** The changes of a batch, all of them: each as the digest of its identity, and when the data changed. */
public final class ChangeDigests {

    private static final long NANOS = 1_000_000_000L;
    private static final int BYTES = 2 * Long.BYTES;

    private static final ChangeDigests NONE = new ChangeDigests(new long[0], new long[0]);

    private final long[] digests;
    private final long[] changedAt;

    private ChangeDigests(long[] digests, long[] changedAt) {
        this.digests = digests;
        this.changedAt = changedAt;
    }

    public static ChangeDigests none() {
        return NONE;
    }

    public static ChangeDigests of(Collection<Change> changes) {
        return of(changes, change -> ChangeKey.of(change).digest());
    }

    /** By the places of their records instead. */
    public static ChangeDigests ofPlaces(Collection<Change> changes) {
        return of(changes, change -> ChangeKey.digest(change.place()));
    }

    private static ChangeDigests of(Collection<Change> changes, ToLongFunction<Change> digest) {
        return new ChangeDigests(
                changes.stream().mapToLong(digest).toArray(),
                changes.stream()
                        .mapToLong(change -> nanos(change.ref().changedAt()))
                        .toArray());
    }

    /** @throws IllegalArgumentException where the text isn't what {@link #toBase64} gives */
    public static ChangeDigests fromBase64(String text) {
        var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
        if (bytes.remaining() % BYTES != 0) {
            throw new IllegalArgumentException("not a whole number of changes: " + bytes.remaining() + " bytes");
        }
        var digests = new long[bytes.remaining() / BYTES];
        var changedAt = new long[digests.length];
        for (var n = 0; n < digests.length; n++) {
            digests[n] = bytes.getLong();
            changedAt[n] = bytes.getLong();
        }
        return new ChangeDigests(digests, changedAt);
    }

    /** Pairs of a digest and the nanoseconds since 1970. */
    public String toBase64() {
        var bytes = ByteBuffer.allocate(digests.length * BYTES);
        for (var n = 0; n < digests.length; n++) {
            bytes.putLong(digests[n]).putLong(changedAt[n]);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    public int size() {
        return digests.length;
    }

    public long digest(int n) {
        return digests[n];
    }

    public Instant changedAt(int n) {
        return at(changedAt[n]);
    }

    /** The same in nanoseconds since 1970. */
    public long changedAtNanos(int n) {
        return changedAt[n];
    }

    public static Instant at(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }

    public boolean contains(long digest) {
        return Arrays.stream(digests).anyMatch(one -> one == digest);
    }

    /** In no order that means anything. */
    public long[] digests() {
        return digests.clone();
    }

    /**
     * Changes are dated between 2000 and a day ahead, which a long holds.
     *
     * @throws ArithmeticException for a time that it doesn't hold
     */
    public static long nanos(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), NANOS), at.getNano());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChangeDigests that
                && Arrays.equals(digests, that.digests)
                && Arrays.equals(changedAt, that.changedAt);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digests);
    }

    @Override
    public String toString() {
        return digests.length + " changes";
    }
}
