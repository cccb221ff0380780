package io.freshet.lineage;

import java.util.Set;

/** For a database without a rule of its own: OpenLineage calls it as Mode does. */
final class SchemeOfAdapter implements ServerRule {

    @Override
    public boolean isSame(Namespace namespace, SourceAddress source, boolean isOnly) {
        return new HostAndPort(Set.of(source.adapter()), Set.of()).isSame(namespace, source, isOnly);
    }
}
