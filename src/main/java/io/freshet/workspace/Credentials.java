package io.freshet.workspace;

/** What Basic authentication needs. Neither half is ever shown. */
public record Credentials(String token, String secret) {

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
