package io.freshet.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.StoredObject;
import io.freshet.event.Traces;
import io.freshet.state.RefreshRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.TreeSet;

/** The stored form of a refresh request. Its changes are some by name, and all as digests in one base64 text. */
final class RefreshRequestJson {

    private RefreshRequestJson() {}

    static void write(RefreshRequest request, ObjectNode json) {
        request.datasetTokens().forEach(json.putArray("dataset_tokens")::add);
        write(request.causes(), json.putObject("changes"));
        json.put("requested_at", request.requestedAt().toString());
        request.expectedRuntime().ifPresent(expected -> json.put("expected_runtime", expected.toString()));
        if (request.backfill()) {
            json.put("backfill", true);
        }
    }

    static RefreshRequest read(StoredObject json) throws IOException {
        return new RefreshRequest(
                new TreeSet<>(json.texts("dataset_tokens")),
                readChanges(json.object("changes")),
                json.time("requested_at"),
                json.optionalDuration("expected_runtime"),
                json.flag("backfill"));
    }

    private static void write(ChangeRefs changes, ObjectNode json) {
        var listed = json.putArray("listed");
        changes.listed().forEach(change -> write(change, listed.addObject()));
        json.put("count", changes.count());
        json.put("digests", changes.identities().toBase64());
        if (!changes.traces().parents().isEmpty()) {
            changes.traces().parents().forEach(json.putArray("traces")::add);
        }
    }

    private static ChangeRefs readChanges(StoredObject json) throws IOException {
        var listed = new ArrayList<ChangeRef>();
        for (var change : json.objects("listed")) {
            listed.add(readChange(change));
        }
        return ChangeRefs.of(listed, json.smallNumber("count"), json.identities("digests"))
                .in(new Traces(json.texts("traces")));
    }

    private static void write(ChangeRef change, ObjectNode json) {
        json.put("source", change.source());
        json.put("id", change.id());
        json.put("changed_at", change.changedAt().toString());
        if (change.reason() != null) {
            json.put("reason", change.reason());
        }
        if (change.dataSource() != null) {
            json.put("data_source", change.dataSource());
        }
    }

    private static ChangeRef readChange(StoredObject json) throws IOException {
        return new ChangeRef(
                json.text("source"),
                json.text("id"),
                json.time("changed_at"),
                json.optionalText("reason").orElse(null),
                json.optionalText("data_source").orElse(null));
    }
}
