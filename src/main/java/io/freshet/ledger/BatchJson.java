package io.freshet.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.event.BatchKey;
import io.freshet.event.ChangeRefJson;
import io.freshet.event.ChangeRefs;
import io.freshet.event.DataFreshness;
import io.freshet.event.NotSucceeded;
import io.freshet.event.Settlement;
import io.freshet.event.SettlementJson;
import io.freshet.event.StoredForm;
import io.freshet.event.StoredObject;
import io.freshet.event.TargetJson;
import io.freshet.event.Traces;
import io.freshet.state.OpenBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The stored form of a batch: once when it is planned, and once when all of its changes are told as settled. */
final class BatchJson {

    private BatchJson() {}

    static byte[] write(OpenBatch batch) {
        var json = begin(batch, "open");
        var changes = json.putObject("changes");
        var listed = changes.putArray("listed");
        batch.changes().listed().forEach(change -> ChangeRefJson.write(change, listed.addObject()));
        changes.put("count", batch.changes().count());
        batch.changes().traces().parents().forEach(changes.putArray("traces")::add);
        json.put("reports", batch.reports());
        json.put("left_out", batch.leftOut());
        SettlementJson.write(batch.notFound(), json.putArray("not_succeeded"));
        if (!batch.datasets().tokens().isEmpty()) {
            AffectedDatasetsJson.write(batch.datasets(), json.putObject("affected"));
        }
        batch.proved().ifPresent(data -> json.put("data", data.word()));
        return StoredForm.bytes(json);
    }

    static byte[] write(OpenBatch batch, Settlement settlement) {
        var json = begin(batch, "settled");
        SettlementJson.write(settlement, json);
        settlement.lastSuccess().ifPresent(at -> json.put("last_success", at.toString()));
        if (settlement.data() != DataFreshness.UNKNOWN) {
            json.put("data", settlement.data().word());
        }
        return StoredForm.bytes(json);
    }

    private static ObjectNode begin(OpenBatch batch, String state) {
        var json = StoredForm.begin().put("state", state);
        TargetJson.write(batch.target(), json);
        json.put("planned_at", batch.plannedAt().toString());
        json.put("identities", batch.members().toBase64());
        if (batch.isRefused()) {
            json.put("refused", batch.refused().toBase64());
        }
        return json;
    }

    /** Tells one of the two what was read, or fails on bytes that are no batch. */
    static void read(BatchKey key, byte[] bytes, Consumer<OpenBatch> open, Consumer<RememberedBatch> settled)
            throws IOException {
        var json = StoredForm.read(bytes);
        switch (json.text("state")) {
            case "open" -> open.accept(readOpen(key, json));
            case "settled" -> settled.accept(readSettled(key, json));
            default -> throw new IOException("it is in a state that this version doesn't know");
        }
    }

    private static OpenBatch readOpen(BatchKey key, StoredObject json) throws IOException {
        var stored = json.object("changes");
        var changes = ChangeRefs.of(ChangeRefJson.read(stored.objects("listed")), stored.smallNumber("count"))
                .in(new Traces(stored.texts("traces")))
                .inBatch(key.number());
        var target = TargetJson.read(json);
        var members = json.changeDigests("identities");
        var plannedAt = json.time("planned_at");
        var notFound = readNotSucceeded(json.objects("not_succeeded"));
        if (!json.has("refused")) {
            var planned = OpenBatch.planned(
                            key,
                            target,
                            changes,
                            members,
                            json.smallNumber("reports"),
                            json.smallNumber("left_out"),
                            notFound,
                            plannedAt)
                    .affecting(AffectedDatasetsJson.read(json));
            return AffectedDatasetsJson.readData(json).map(planned::proved).orElse(planned);
        }
        if (notFound.isEmpty()) {
            throw new IOException("it is refused and doesn't say why");
        }
        return OpenBatch.refused(
                key, target, changes, members, json.changeDigests("refused"), notFound.get(0), plannedAt);
    }

    private static List<NotSucceeded> readNotSucceeded(List<StoredObject> parts) throws IOException {
        var all = new ArrayList<NotSucceeded>();
        for (var part : parts) {
            all.add(new NotSucceeded(
                    part.text("token"),
                    part.text("kind"),
                    part.text("outcome"),
                    part.text("reason"),
                    part.optionalText("run_token").orElse(null)));
        }
        return all;
    }

    private static RememberedBatch readSettled(BatchKey key, StoredObject json) throws IOException {
        return new RememberedBatch(
                key.number(),
                TargetJson.read(json),
                json.time("settled_at"),
                json.changeDigests(json.has("refused") ? "refused" : "identities")
                        .digests());
    }
}
