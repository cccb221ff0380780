package io.freshet.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** The tables that a change names. Whether their names mean any table is not looked at here. */
final class ChangedTables {

    private static final String TABLES = "tables";
    private static final String BAD_TABLES = "bad_tables";
    private static final int MOST = 1_000;
    private static final int LONGEST = 512;

    private ChangedTables() {}

    static SortedSet<String> read(Fields fields, Target target) {
        var named = fields.present(TABLES);
        if (named == null) {
            return Collections.emptySortedSet();
        }
        if (target.dataSource().isEmpty()) {
            throw new Unusable(
                    BAD_TABLES,
                    "\"tables\" are those of a data source: name it as \"data_source\", or leave them out.");
        }
        if (!named.isArray() || named.isEmpty() || named.size() > MOST) {
            throw new Unusable(
                    BAD_TABLES,
                    "\"tables\" must be an array of 1 to " + MOST
                            + " names: leave it out if more of the data source has changed.");
        }
        var tables = new TreeSet<String>();
        named.forEach(one -> tables.add(name(one)));
        return tables;
    }

    private static String name(JsonNode one) {
        if (!one.isTextual()) {
            throw new Unusable(BAD_TABLES, "\"tables\" must hold nothing but strings, such as \"core.orders\".");
        }
        var name = one.textValue();
        if (name.isEmpty() || SafeText.bytes(name) > LONGEST || !SafeText.isPrintable(name)) {
            throw new Unusable(
                    BAD_TABLES,
                    "\"tables\" has " + SafeText.of(name) + ": the name of a table has 1 to " + LONGEST
                            + " bytes, and no control characters.");
        }
        return name;
    }
}
