package io.freshet.workspace;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** The root of an API host, as it is set. The key of the workspace travels to it with every call. */
record ModeUrl(URI url) {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|.+\\.localhost|127\\.[0-9.]+|\\[::1]");

    /**
     * Never shows a text that may hold a password.
     *
     * @throws IllegalArgumentException whose message says what is wrong, to be put behind the name of the setting
     */
    static ModeUrl of(String text) {
        if (text.contains("@")) {
            throw new IllegalArgumentException(
                    "may hold no user and no password: give the token and the secret of the API key as settings of their own");
        }
        return parse(text.strip().replaceAll("/+$", ""))
                .filter(url -> url.getHost() != null)
                .filter(url -> "http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                .map(ModeUrl::new)
                .orElseThrow(() -> new IllegalArgumentException("is no http or https URL with a host: " + text));
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is no URL: " + e.getMessage(), e);
        }
    }

    /** Whether what travels there can be read on the way. */
    boolean isReadableOnTheWay() {
        return "http".equals(url.getScheme())
                && !LOOPBACK.matcher(url.getHost()).matches();
    }
}
