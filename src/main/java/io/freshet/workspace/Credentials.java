package io.freshet.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** What Basic authentication needs. Neither half is ever shown. */
public record Credentials(String token, String secret) {

    /** The value of the header {@code Authorization}. */
    public String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString((token + ':' + secret).getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
