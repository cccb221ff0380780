package io.freshet.ledger;

import io.freshet.event.StoredForm;
import io.freshet.tables.DatasetSql;
import io.freshet.tables.SqlTables;
import java.io.IOException;
import java.util.Set;

/** The stored form of what is known of the SQL of a dataset. */
final class DatasetSqlJson {

    private DatasetSqlJson() {}

    static byte[] write(DatasetSql sql) {
        var json = StoredForm.begin();
        json.put("data_source", sql.dataSource());
        json.put("edited_at", sql.editedAt().toString());
        json.put("reading", sql.reading());
        json.put("names", sql.tables().names());
        json.put("prefixes", sql.tables().prefixes());
        sql.tables().definitions().stream().sorted().forEach(json.putArray("definitions")::add);
        sql.tables().dynamic().ifPresent(why -> json.put("dynamic", why));
        return StoredForm.bytes(json);
    }

    static DatasetSql read(byte[] bytes) throws IOException {
        var json = StoredForm.read(bytes);
        return new DatasetSql(
                json.text("data_source"),
                json.time("edited_at"),
                json.smallNumber("reading"),
                new SqlTables(
                        json.text("names"),
                        json.text("prefixes"),
                        Set.copyOf(json.texts("definitions")),
                        json.optionalText("dynamic")));
    }
}
