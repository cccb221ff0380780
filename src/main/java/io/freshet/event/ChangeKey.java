package io.freshet.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A change of a workspace.
 *
 * @param digest the first 64 bits of a digest of its identity
 */
public record ChangeKey(String account, long digest) {

    public static ChangeKey of(Change change) {
        return new ChangeKey(
                change.account(), digest(change.ref().source(), change.ref().id()));
    }

    /** Of a change's identity. */
    public static long digest(String source, String id) {
        return sha(source + '\0' + id);
    }

    /** Of the place of its record, to tell a change that was sent again from one that was read again. */
    public static long digest(RecordPlace place) {
        return sha(place + "/" + place.timestamp().toEpochMilli());
    }

    private static long sha(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return ByteBuffer.wrap(sha.digest(text.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** 16 hexadecimal digits. */
    public String hex() {
        return HexFormat.of().toHexDigits(digest);
    }

    /** The key of its record in Freshet's own topics. */
    public String key() {
        return account + "/changes/" + hex();
    }
}
