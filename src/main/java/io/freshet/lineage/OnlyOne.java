package io.freshet.lineage;

/** A namespace that names no server: whose tables these are, the name has to say, or that there is one such source only. */
record OnlyOne(String scheme) implements ServerRule {

    @Override
    public boolean isSame(Namespace namespace, SourceAddress source, boolean isOnly) {
        return namespace.scheme().equals(scheme) && (isOnly || source.dialect() == Dialect.BIGQUERY);
    }
}
