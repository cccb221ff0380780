package io.freshet.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which changes, each as a 64-bit digest of its identity, the newest last. At most {@value #MAX}: the oldest fall out,
 * and a change that comes again after so many others counts as new.
 */
public final class Identities {

    public static final int MAX = 2048;

    private static final Identities NONE = new Identities(new long[0]);

    private final long[] digests;

    private Identities(long[] digests) {
        this.digests = digests;
    }

    public static Identities none() {
        return NONE;
    }

    public static Identities of(ChangeRef cause) {
        return new Identities(new long[] {digest(cause)});
    }

    static Identities of(Iterable<ChangeRef> causes) {
        var all = new LinkedHashSet<Long>();
        causes.forEach(cause -> all.add(digest(cause)));
        return newest(all);
    }

    /** @throws IllegalArgumentException where the text isn't what {@link #toBase64} gives */
    public static Identities fromBase64(String text) {
        var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
        if (bytes.remaining() % Long.BYTES != 0) {
            throw new IllegalArgumentException("not a whole number of digests: " + bytes.remaining() + " bytes");
        }
        var digests = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(digests);
        return digests.length <= MAX
                ? new Identities(digests)
                : new Identities(Arrays.copyOfRange(digests, digests.length - MAX, digests.length));
    }

    public String toBase64() {
        var bytes = ByteBuffer.allocate(digests.length * Long.BYTES);
        bytes.asLongBuffer().put(digests);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    public boolean contains(ChangeRef cause) {
        return contains(digest(cause));
    }

    public boolean containsAll(Identities others) {
        if (others.digests.length > 8) {
            return set().containsAll(others.set());
        }
        return Arrays.stream(others.digests).allMatch(this::contains);
    }

    /** These, then the others. */
    public Identities and(Identities others) {
        if (containsAll(others)) {
            return this;
        }
        var all = set();
        all.removeAll(others.set());
        all.addAll(others.set());
        return newest(all);
    }

    /** These but for the others. */
    public Identities without(Identities others) {
        if (others.digests.length == 0) {
            return this;
        }
        var rest = set();
        rest.removeAll(others.set());
        return newest(rest);
    }

    public int size() {
        return digests.length;
    }

    private boolean contains(long digest) {
        for (var known : digests) {
            if (known == digest) {
                return true;
            }
        }
        return false;
    }

    private Set<Long> set() {
        var set = new LinkedHashSet<Long>(digests.length * 2);
        for (var digest : digests) {
            set.add(digest);
        }
        return set;
    }

    private static Identities newest(Set<Long> digests) {
        return new Identities(digests.stream()
                .skip(Math.max(0, digests.size() - MAX))
                .mapToLong(Long::longValue)
                .toArray());
    }

    static long digest(ChangeRef cause) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(cause.source().getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            sha.update(cause.id().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(sha.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Identities that && Arrays.equals(digests, that.digests);
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
