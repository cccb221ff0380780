package io.freshet.tables;

import java.time.Instant;

/**
 * What is known of the SQL of a dataset.
 *
 * @param dataSource that the dataset is on
 * @param editedAt when the SQL had last been edited before it was read, or later
 * @param reading {@link SqlTables#READING} of when it was read
 */
public record DatasetSql(String dataSource, Instant editedAt, int reading, SqlTables tables) {

    /** Of SQL that was read now. */
    public static DatasetSql of(String dataSource, Instant editedAt, String sql) {
        return new DatasetSql(dataSource, editedAt, SqlTables.READING, SqlTables.of(sql));
    }

    /** Whether it is what the dataset, edited last at this time, asks. */
    public boolean isOf(Instant lastEdit) {
        return reading == SqlTables.READING && !editedAt.isBefore(lastEdit);
    }
}
