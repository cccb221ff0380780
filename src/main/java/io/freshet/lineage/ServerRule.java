package io.freshet.lineage;

/** Whether a namespace of OpenLineage is where a data source reads. */
interface ServerRule {

    /** @param isOnly whether the workspace has no other data source of this kind */
    boolean isSame(Namespace namespace, SourceAddress source, boolean isOnly);

    default ServerRule or(ServerRule other) {
        return (namespace, source, isOnly) ->
                isSame(namespace, source, isOnly) || other.isSame(namespace, source, isOnly);
    }
}
