package io.freshet.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.event.ChangeRefs;
import io.freshet.event.StoredObject;
import io.freshet.state.RefreshRequest;
import java.io.IOException;
import java.util.SortedSet;
import java.util.TreeSet;

/** The stored form of a refresh request. Its changes are those of its batches, which have records of their own. */
final class RefreshRequestJson {

    private RefreshRequestJson() {}

    static void write(RefreshRequest request, ObjectNode json) {
        request.datasetTokens().forEach(json.putArray("dataset_tokens")::add);
        request.causes().batches().forEach(json.putArray("batches")::add);
        json.put("requested_at", request.requestedAt().toString());
        request.expectedRuntime().ifPresent(expected -> json.put("expected_runtime", expected.toString()));
        if (request.backfill()) {
            json.put("backfill", true);
        }
    }

    /** @param causes finds the changes of batches, or fails */
    static RefreshRequest read(StoredObject json, Causes causes) throws IOException {
        return new RefreshRequest(
                new TreeSet<>(json.texts("dataset_tokens")),
                causes.of(new TreeSet<>(json.numbers("batches"))),
                json.time("requested_at"),
                json.optionalDuration("expected_runtime"),
                json.flag("backfill"));
    }

    /** Where the changes of batches are found. */
    interface Causes {

        /** @throws IOException if one of the batches isn't open */
        ChangeRefs of(SortedSet<Long> batches) throws IOException;
    }
}
