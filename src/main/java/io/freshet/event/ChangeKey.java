package io.freshet.event;

/**
 * A change of a workspace, by a 64-bit digest of its identity.
 *
 * @param digest 16 hexadecimal digits
 */
public record ChangeKey(String account, String digest) {

    public static ChangeKey of(Change change) {
        return new ChangeKey(change.account(), "%016x".formatted(Identities.digest(change.ref())));
    }

    /** The key of its record in Freshet's own topics. */
    public String key() {
        return account + "/changes/" + digest;
    }
}
