package io.freshet.lineage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a dataset is, as OpenLineage writes it: {@code postgres://h1:5432,h2:5432}, {@code bigquery},
 * {@code arn:aws:glue:REGION:ACCOUNT}. In lower case.
 *
 * @param path what comes behind the first slash after the hosts
 */
record Namespace(String scheme, List<Address> addresses, String path) {

    static final String GLUE = "glue";

    /** @param port empty where it isn't said, or said as {@code None} */
    record Address(String host, Optional<Integer> port) {
        static Address of(String text) {
            var colon = text.lastIndexOf(':');
            return colon < 0 || text.endsWith("]")
                    ? new Address(text, Optional.empty())
                    : new Address(text.substring(0, colon), port(text.substring(colon + 1)));
        }

        private static Optional<Integer> port(String text) {
            return text.matches("\\d{1,5}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
        }
    }

    static Namespace of(String text) {
        var lower = text.strip().toLowerCase(Locale.ROOT);
        var colon = lower.indexOf("://");
        if (colon < 0) {
            return glue(lower).orElseGet(() -> new Namespace(lower, List.of(), ""));
        }
        var rest = lower.substring(colon + 3);
        var slash = rest.indexOf('/');
        var hosts = slash < 0 ? rest : rest.substring(0, slash);
        var addresses = Arrays.stream(hosts.substring(hosts.indexOf('@') + 1).split(","))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .map(Address::of)
                .toList();
        return new Namespace(lower.substring(0, colon), addresses, slash < 0 ? "" : rest.substring(slash + 1));
    }

    private static Optional<Namespace> glue(String text) {
        var parts = text.split(":", -1);
        return parts.length > 3 && parts[0].equals("arn") && parts[2].equals(GLUE)
                ? Optional.of(new Namespace(GLUE, List.of(new Address(parts[3], Optional.empty())), ""))
                : Optional.empty();
    }

    Stream<String> hosts() {
        return addresses.stream().map(Address::host);
    }
}
