package io.freshet.view;

import io.freshet.event.ChangeDigests;
import io.freshet.event.ChangeOutcome;
import io.freshet.event.DataFreshness;
import io.freshet.event.StoredObject;
import java.io.IOException;
import java.util.Optional;

/** Reads the record {@code ACCOUNT/batches/NUMBER}. */
final class BatchJson {

    private static final String NOTHING = "[]";

    private BatchJson() {}

    /**
     * @param identities its changes
     * @param dataSource whose changes they are, where the batch is open and of one
     */
    record Read(Batch batch, ChangeDigests identities, Optional<String> dataSource) {}

    static Read read(StoredObject json) throws IOException {
        var identities = json.changeDigests("identities");
        var changes = identities.size();
        var plannedAt = json.time("planned_at").toEpochMilli();
        return switch (json.text("state")) {
            case "open" ->
                new Read(
                        new Batch(plannedAt, changes, json.smallNumber("left_out"), Optional.empty()),
                        identities,
                        json.optionalText("data_source"));
            case "settled" -> {
                var end = end(json);
                yield new Read(
                        new Batch(plannedAt, changes, end.runs().leftOut(), Optional.of(end)),
                        identities,
                        Optional.empty());
            }
            default -> throw new IOException("it is in a state that this version doesn't know");
        };
    }

    private static Batch.End end(StoredObject json) throws IOException {
        var outcome = ChangeOutcome.of(json.text("outcome"))
                .orElseThrow(() -> new IOException("it names an outcome that this version doesn't know"));
        var notSucceeded = json.json().path("not_succeeded");
        return new Batch.End(
                outcome,
                runs(json.object("runs")),
                notSucceeded.isEmpty() ? NOTHING : notSucceeded.toString(),
                json.optionalText("data").flatMap(DataFreshness::of).orElse(DataFreshness.UNKNOWN),
                ChangeDigests.nanos(json.time("settled_at")),
                json.optionalTime("last_success").map(ChangeDigests::nanos).orElse(0L));
    }

    private static RunCounts runs(StoredObject json) throws IOException {
        return new RunCounts(
                json.smallNumber("succeeded"),
                json.smallNumber("failed"),
                json.smallNumber("cancelled"),
                json.smallNumber("timed_out"),
                json.smallNumber("rejected"),
                json.smallNumber("left_out"),
                0);
    }
}
