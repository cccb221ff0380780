package io.freshet.replica;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** To which hosts a request, and the credential of whoever asks, may be passed on. */
record ReplicaHosts(List<Pattern> patterns) {

    private static final String PRIVATE = "private";
    /** As RFC 1918 and RFC 4193 set them apart. */
    private static final Pattern PRIVATE_ADDRESSES = Pattern.compile(
            "10([.]\\d+){3}|172[.](1[6-9]|2\\d|3[01])([.]\\d+){2}|192[.]168([.]\\d+){2}|f[cd][0-9a-f]{2}:[0-9a-f:]+");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:*-]+");

    /** @throws ConfigurationException where the setting makes no sense */
    static ReplicaHosts of(String hosts) {
        return new ReplicaHosts(Stream.of(hosts.split(",", -1))
                .map(String::strip)
                .map(ReplicaHosts::pattern)
                .toList());
    }

    private static Pattern pattern(String host) {
        if (host.equals(PRIVATE)) {
            return PRIVATE_ADDRESSES;
        }
        if (!HOST.matcher(host).matches()) {
            throw new ConfigurationException(
                    "freshet.replica.hosts must be \"private\", or hosts such as 100.64.* or *.example.com, separated by commas, and has "
                            + host);
        }
        return Pattern.compile(host.replace(".", "[.]").replace("*", "[A-Za-z0-9.:-]*"), Pattern.CASE_INSENSITIVE);
    }

    boolean allow(ReplicaAddress address) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.matcher(address.host()).matches());
    }
}
