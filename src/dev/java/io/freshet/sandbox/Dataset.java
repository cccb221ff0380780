package io.freshet.sandbox;

import java.time.Instant;
import java.util.Optional;

/**
 * @param sql empty where Mode doesn't show it
 * @param editedAt when the SQL was last changed
 */
record Dataset(
        String token,
        int id,
        String name,
        String description,
        String dataSource,
        String space,
        boolean archived,
        Instant createdAt,
        Instant updatedAt,
        Optional<String> sql,
        Instant editedAt) {

    Dataset asArchived() {
        return new Dataset(token, id, name, description, dataSource, space, true, createdAt, updatedAt, sql, editedAt);
    }

    Dataset changed(
            Optional<String> otherName, Optional<String> otherDescription, Optional<String> otherSpace, Instant at) {
        return new Dataset(
                token,
                id,
                otherName.orElse(name),
                otherDescription.orElse(description),
                dataSource,
                otherSpace.orElse(space),
                archived,
                createdAt,
                at,
                sql,
                editedAt);
    }

    /** Two edits never have the same time, however soon one comes after the other. */
    Dataset edited(Optional<String> other, Instant at) {
        var later = editedAt.plusMillis(1);
        return new Dataset(
                token,
                id,
                name,
                description,
                dataSource,
                space,
                archived,
                createdAt,
                at,
                other,
                at.isAfter(later) ? at : later);
    }
}
