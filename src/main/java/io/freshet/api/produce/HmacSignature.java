package io.freshet.api.produce;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 of a body, as hexadecimal digits in either case. */
final class HmacSignature {

    private static final String HMAC = "HmacSHA256";

    private HmacSignature() {}

    /** Takes as long for any wrong signature. */
    static boolean isOf(String given, byte[] body, String secret) {
        var digits = HexFormat.of().formatHex(sign(body, secret)).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(
                digits, given.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sign(byte[] body, String secret) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }
}
