package io.freshet.cli;

import io.smallrye.config.SmallRyeConfig;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the settings let somebody do over HTTP that takes rights in Kafka of its own.
 *
 * @param refreshes to refresh a report, and to redrive dead letters
 * @param sends to send changes and lineage
 */
record OverHttp(boolean refreshes, boolean sends) {

    private static final String ACCESS = "freshet.access.";
    private static final String WEBHOOKS = "freshet.webhooks.";
    /** Its roles are the provider's to give, so any may be there. */
    private static final String OPENID_CONNECT = "quarkus.oidc.auth-server-url";

    static OverHttp of(SmallRyeConfig config) {
        var roles = roles(config);
        var anyRole = config.getOptionalValue(OPENID_CONNECT, String.class).isPresent() || roles.contains("admin");
        return new OverHttp(
                anyRole || roles.contains("operator"),
                anyRole
                        || roles.contains("producer")
                        || names(config).anyMatch(name -> plain(name).startsWith(WEBHOOKS)));
    }

    private static Set<String> roles(SmallRyeConfig config) {
        return names(config)
                .filter(name -> plain(name).startsWith(ACCESS) && plain(name).endsWith(".roles"))
                .flatMap(name -> config.getOptionalValue(name, String.class).stream())
                .flatMap(roles -> Arrays.stream(roles.split(",")))
                .map(String::strip)
                .collect(Collectors.toSet());
    }

    private static Stream<String> names(SmallRyeConfig config) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false);
    }

    /** As in a file, if it is so in the environment. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
