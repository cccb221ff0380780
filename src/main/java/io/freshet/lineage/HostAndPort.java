package io.freshet.lineage;

import io.freshet.lineage.Namespace.Address;
import java.util.Set;

/**
 * The same host, and a port that may be the same: Mode may go through a tunnel or a pooler, so a default or missing port says
 * nothing.
 */
record HostAndPort(Set<String> schemes, Set<Integer> defaults) implements ServerRule {

    HostAndPort {
        schemes = Set.copyOf(schemes);
        defaults = Set.copyOf(defaults);
    }

    @Override
    public boolean isSame(Namespace namespace, SourceAddress source, boolean isOnly) {
        return schemes.contains(namespace.scheme())
                && namespace.addresses().stream()
                        .anyMatch(address -> address.host().equals(source.host()) && mayBePortOf(source, address));
    }

    boolean mayBePortOf(SourceAddress source, Address address) {
        return address.port()
                .filter(port -> !defaults.contains(port))
                .filter(port -> source.port().isPresent() && source.port().getAsInt() != port)
                .isEmpty();
    }
}
