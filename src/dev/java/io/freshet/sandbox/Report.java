package io.freshet.sandbox;

import java.time.Instant;
import java.util.List;

/** @param forbidden whether the credential may not see it */
record Report(
        String token,
        int id,
        String name,
        String space,
        List<String> datasets,
        boolean archived,
        boolean forbidden,
        Instant createdAt) {

    Report {
        datasets = List.copyOf(datasets);
    }

    Report asArchived() {
        return new Report(token, id, name, space, datasets, true, forbidden, createdAt);
    }

    Report asForbidden() {
        return new Report(token, id, name, space, datasets, archived, true, createdAt);
    }
}
