package io.freshet.replica;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a replica has its API: http or https, a host, perhaps a port, and nothing else. */
public record ReplicaAddress(boolean isSecure, String host, int port) {

    private static final int LONGEST = 300;
    /** Kubernetes says a pod's address without brackets. */
    private static final Pattern BARE_IPV6 = Pattern.compile("(https?://)([0-9A-Fa-f:]*:[0-9A-Fa-f:]*)(:\\d+)");

    static Optional<ReplicaAddress> parse(String text) {
        try {
            var url = new URI(BARE_IPV6.matcher(text).replaceFirst("$1[$2]$3"));
            var isBare = url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && (url.getRawPath() == null || url.getRawPath().isEmpty());
            var isSecure = "https".equals(url.getScheme());
            if (url.getHost() == null || !isBare || text.length() > LONGEST || !(isSecure || isPlain(url))) {
                return Optional.empty();
            }
            var port = url.getPort() == -1 ? (isSecure ? 443 : 80) : url.getPort();
            return Optional.of(new ReplicaAddress(isSecure, url.getHost().replaceAll("[\\[\\]]", ""), port));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(URI url) {
        return "http".equals(url.getScheme());
    }

    @Override
    public String toString() {
        var inBrackets = host.indexOf(':') < 0 ? host : '[' + host + ']';
        return "%s://%s:%d".formatted(isSecure ? "https" : "http", inBrackets, port);
    }
}
