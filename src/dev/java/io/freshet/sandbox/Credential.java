package io.freshet.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

record Credential(String token, String secret) {

    private static final String BASIC = "basic ";

    /** HTTP Basic: the token is the user, the secret the password. */
    boolean isGivenBy(String authorization) {
        var expected = Base64.getEncoder().encodeToString((token + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())
                && authorization.substring(BASIC.length()).strip().equals(expected);
    }

    @Override
    public String toString() {
        return token;
    }
}
