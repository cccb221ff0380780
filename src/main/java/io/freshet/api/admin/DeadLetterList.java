package io.freshet.api.admin;

import io.freshet.event.StoredDeadLetter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest dead letters that somebody asks for, and which of them were written to their topics again. Plain, without Kafka.
 */
final class DeadLetterList {

    private static final Comparator<StoredDeadLetter> NEWEST_FIRST = Comparator.<StoredDeadLetter, Instant>comparing(
                    letter -> letter.buried().timestamp())
            .thenComparing(letter -> letter.buried().offset())
            .reversed();

    /** @param more there are older ones than are listed */
    record Answer(List<DeadLetterRow> letters, boolean more) {}

    private final @Nullable String code;
    private final @Nullable String topic;
    private final int limit;
    /** By partition, in which they come in order. */
    private final Map<Integer, Deque<StoredDeadLetter>> newest = new HashMap<>();

    private final RedrivenLetters redriven = new RedrivenLetters();
    private boolean more;

    DeadLetterList(@Nullable String code, @Nullable String topic, int limit) {
        this.code = code;
        this.topic = topic;
        this.limit = limit;
    }

    /** The next record of its partition. */
    void consider(StoredDeadLetter letter) {
        redriven.consider(letter);
        if (!letter.isMeant(code, topic)) {
            return;
        }
        var kept = newest.computeIfAbsent(letter.buried().partition(), first -> new ArrayDeque<>());
        kept.add(letter);
        if (kept.size() > limit) {
            kept.remove();
            more = true;
        }
    }

    /** @param isWhole whether nothing older lies on the topic than was considered */
    Answer answer(boolean isWhole) {
        var letters = newest.values().stream()
                .flatMap(Collection::stream)
                .sorted(NEWEST_FIRST)
                .limit(limit)
                .map(letter -> DeadLetterRow.of(letter, redriven.has(letter)))
                .toList();
        var all = newest.values().stream().mapToInt(Collection::size).sum();
        return new Answer(letters, more || !isWhole || all > letters.size());
    }
}
