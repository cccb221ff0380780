package io.freshet.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Where a data source is.
 *
 * @param vendor such as postgresql
 */
public record Connection(String vendor, String host, int port, String database) {

    void show(ObjectNode row) {
        row.put("adapter", "jdbc:" + vendor).put("vendor", vendor);
        row.put("host", host).put("port", port).put("database", database);
    }
}
