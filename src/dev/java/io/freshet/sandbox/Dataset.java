package io.freshet.sandbox;

import java.time.Instant;
import java.util.Optional;

record Dataset(
        String token,
        int id,
        String name,
        String description,
        String dataSource,
        String space,
        boolean archived,
        Instant createdAt,
        Instant updatedAt) {

    Dataset asArchived() {
        return new Dataset(token, id, name, description, dataSource, space, true, createdAt, updatedAt);
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
                at);
    }
}
