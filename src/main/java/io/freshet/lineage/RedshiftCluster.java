package io.freshet.lineage;

/** The whole host, as dbt writes it, or {@code CLUSTER.REGION} of {@code CLUSTER.ID.REGION.redshift.amazonaws.com}. */
record RedshiftCluster(HostAndPort hosts) implements ServerRule {

    @Override
    public boolean isSame(Namespace namespace, SourceAddress source, boolean isOnly) {
        var parts = source.host().split("\\.", -1);
        var cluster = parts.length > 3 && parts[3].equals("redshift") ? parts[0] + "." + parts[2] : source.host();
        return hosts.isSame(namespace, source, isOnly)
                || (hosts.schemes().contains(namespace.scheme())
                        && namespace.addresses().stream()
                                .anyMatch(address ->
                                        address.host().equals(cluster) && hosts.mayBePortOf(source, address)));
    }
}
