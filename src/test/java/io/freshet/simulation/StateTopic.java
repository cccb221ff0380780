package io.freshet.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.testing.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** When intents of a workspace were saved and how its limit went from owner to owner, as its records in the state topic tell. */
final class StateTopic {

    private final String account;
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> byKey = new HashMap<>();

    StateTopic(String account, List<ConsumerRecord<byte[], byte[]>> records) {
        this.account = account;
        records.forEach(record -> byKey.computeIfAbsent(new String(record.key(), UTF_8), first -> new ArrayList<>())
                .add(record));
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String token) {
        var ofReport = byKey.getOrDefault(account + "/reports/" + token, List.of());
        return ofReport.isEmpty() ? byKey.getOrDefault(account + "/datasets/" + token, List.of()) : ofReport;
    }

    /** When the intent was saved of the run that was told of then. */
    Instant intent(String report, Instant accepted) {
        var intent = Instant.EPOCH;
        var wasPosting = false;
        for (var record : records(report)) {
            if (record.timestamp() <= accepted.toEpochMilli()) {
                var isPosting = Event.of(record).text("state").equals("posting");
                intent = isPosting && !wasPosting ? Instant.ofEpochMilli(record.timestamp()) : intent;
                wasPosting = isPosting;
            }
        }
        return intent;
    }

    /** What its owners have left of the request limit, the one after the other. */
    List<String> limits() {
        return byKey.getOrDefault(account + "/limit", List.of()).stream()
                .map(record -> Event.of(record).text("state"))
                .toList();
    }
}
