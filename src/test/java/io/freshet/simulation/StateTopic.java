package io.freshet.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.event.ChangeDigests;
import io.freshet.event.ChangeKey;
import io.freshet.testing.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** When changes of a workspace were planned and intents saved, as its records in the state topic tell. */
final class StateTopic {

    private final String account;
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> byKey = new HashMap<>();
    private final Map<Long, Instant> plannedAt;

    StateTopic(String account, List<ConsumerRecord<byte[], byte[]>> records) {
        this.account = account;
        records.forEach(record -> byKey.computeIfAbsent(new String(record.key(), UTF_8), first -> new ArrayList<>())
                .add(record));
        this.plannedAt = plannedAt();
    }

    /** When the intent was saved of the run that was told of then. */
    Instant intent(String report, Instant accepted) {
        var intent = Instant.EPOCH;
        var wasPosting = false;
        for (var record : byKey.getOrDefault(account + "/reports/" + report, List.of())) {
            if (record.timestamp() <= accepted.toEpochMilli()) {
                var isPosting = Event.of(record).text("state").equals("posting");
                intent = isPosting && !wasPosting ? Instant.ofEpochMilli(record.timestamp()) : intent;
                wasPosting = isPosting;
            }
        }
        return intent;
    }

    /**
     * Whether it was planned then or later.
     *
     * @param identity source and id, with a space between them
     */
    boolean isPlanned(String identity, Instant since) {
        var parts = identity.split(" ", 2);
        return plannedAt.getOrDefault(ChangeKey.digest(parts[0], parts[1]), Instant.MIN).compareTo(since) >= 0;
    }

    /** When the batch of each change was first saved. */
    private Map<Long, Instant> plannedAt() {
        var found = new HashMap<Long, Instant>();
        byKey.forEach((key, records) -> {
            if (key.startsWith(account + "/batches/")) {
                var first = records.get(0);
                var members = ChangeDigests.fromBase64(Event.of(first).text("identities"));
                for (var digest : members.digests()) {
                    found.merge(digest, Instant.ofEpochMilli(first.timestamp()), (one, other) -> one.isAfter(other) ? one : other);
                }
            }
        });
        return found;
    }
}
