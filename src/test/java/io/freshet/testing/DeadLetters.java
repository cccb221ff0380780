package io.freshet.testing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Which records of the public topics were no use, and whether that was seen at once. */
final class DeadLetters {

    /** What is wrong with these can be seen without Mode, so they are no changes. */
    private static final Set<String> AT_ONCE = Set.of(
            "not_json",
            "not_a_change",
            "not_a_refresh",
            "unknown_account",
            "bad_token",
            "bad_tables",
            "too_large",
            "unreadable");

    private final Map<String, Set<String>> codesByPlace = new HashMap<>();

    DeadLetters(List<ConsumerRecord<byte[], byte[]>> letters) {
        letters.forEach(letter -> codesByPlace
                .computeIfAbsent(place(letter), first -> new HashSet<>())
                .add(Event.header(letter, "dead-letter-code")));
    }

    /** {@code topic/partition/offset} of the record that was no use. */
    static String place(ConsumerRecord<byte[], byte[]> letter) {
        return PublicInput.place(
                Event.header(letter, "dead-letter-topic"),
                Event.header(letter, "dead-letter-partition"),
                Event.header(letter, "dead-letter-offset"));
    }

    boolean has(String place) {
        return codesByPlace.containsKey(place);
    }

    /** Whether it was never taken for a change. */
    boolean isNoChange(String place) {
        return codesByPlace.getOrDefault(place, Set.of()).stream().anyMatch(AT_ONCE::contains);
    }
}
