package io.freshet.lineage;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A data source of a workspace, as far as it says where its tables are. In lower case, but for token and name.
 *
 * @param adapter such as postgresql
 * @param database empty where it isn't said
 * @param instance of a server that has several; empty where it isn't said
 */
public record SourceAddress(
        String token, String name, String adapter, String host, OptionalInt port, String database, String instance) {

    private static final String DRIVER = "jdbc:";

    public SourceAddress {
        adapter = lower(adapter);
        adapter = adapter.startsWith(DRIVER) ? adapter.substring(DRIVER.length()) : adapter;
        var address = address(lower(host));
        host = address.host();
        port = port.isPresent() || address.port().isEmpty()
                ? port
                : OptionalInt.of(address.port().get());
        database = lower(database);
        instance = lower(instance);
    }

    /** Some are configured with an address where a host belongs. */
    private static Namespace.Address address(String host) {
        var named = Namespace.of(host.contains("://") ? host : "host://" + host);
        return named.addresses().isEmpty()
                ? new Namespace.Address("", Optional.empty())
                : named.addresses().get(0);
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    Dialect dialect() {
        return Dialect.of(adapter);
    }

    /** Whether its tables may be in this database, as far as it says. */
    boolean mayBeIn(String wanted) {
        return database.isEmpty() || database.equals("default") || database.equals(wanted);
    }
}
