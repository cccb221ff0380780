package io.freshet.lineage;

/** {@code sqlserver://host/instance}: if both sides name an instance, that decides, as its port is chosen anew at each start. */
record InstanceOrPort(HostAndPort hosts) implements ServerRule {

    @Override
    public boolean isSame(Namespace namespace, SourceAddress source, boolean isOnly) {
        return (namespace.path().isEmpty() || source.instance().isEmpty())
                ? hosts.isSame(namespace, source, isOnly)
                : hosts.schemes().contains(namespace.scheme())
                        && namespace.path().equals(source.instance())
                        && namespace.hosts().anyMatch(source.host()::equals);
    }
}
