package io.freshet.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.event.StoredObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Reads the record {@code ACCOUNT/batches/NUMBER}. */
final class BatchJson {

    private static final Set<String> OUTCOMES = Set.of("succeeded", "partly", "failed", "nothing_to_do", "refused");
    private static final int PAIR = 2 * Long.BYTES;

    private BatchJson() {}

    /** @param identities pairs of the digest of a change and when it was made, in nanoseconds since 1970 */
    record Read(Batch batch, long[] identities) {}

    static Read read(StoredObject json) throws IOException {
        var identities = identities(json.text("identities"));
        var changes = identities.length / 2;
        return switch (json.text("state")) {
            case "open" -> new Read(new Batch(changes, json.smallNumber("left_out"), Optional.empty()), identities);
            case "settled" -> {
                var end = end(json);
                yield new Read(new Batch(changes, end.runs().leftOut(), Optional.of(end)), identities);
            }
            default -> throw new IOException("it is in a state that this version doesn't know");
        };
    }

    private static Batch.End end(StoredObject json) throws IOException {
        var outcome = json.text("outcome");
        if (!OUTCOMES.contains(outcome)) {
            throw new IOException("it names an outcome that this version doesn't know");
        }
        var notSucceeded = json.json().path("not_succeeded");
        return new Batch.End(
                outcome.intern(),
                runs(json.object("runs")),
                notSucceeded.isEmpty() ? null : notSucceeded.toString().getBytes(UTF_8),
                json.time("settled_at").toEpochMilli(),
                json.optionalTime("last_success").map(Instant::toEpochMilli).orElse(0L));
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

    private static long[] identities(String base64) throws IOException {
        var bytes = bytes(base64);
        if (bytes.length % PAIR != 0) {
            throw new IOException("its \"identities\" are no pairs");
        }
        var pairs = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(pairs);
        return pairs;
    }

    private static byte[] bytes(String base64) throws IOException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException("its \"identities\" are no base64", e);
        }
    }
}
