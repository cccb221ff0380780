package io.freshet.lineage;

import java.util.List;

/** What OpenLineage calls a dataset: the namespace says where it is, the name which one. */
public record TableName(String namespace, String name) {

    /** The name of all that a namespace has. */
    static final String ANY = "*";

    static TableName anyOf(String namespace) {
        return new TableName(namespace, ANY);
    }

    boolean isAny() {
        return name.equals(ANY);
    }

    /** Of {@code DB."my.schema".orders}: db, my.schema, orders. */
    List<String> parts() {
        return NameParts.of(name);
    }

    int bytes() {
        return namespace.length() + name.length();
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
