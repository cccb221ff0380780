package io.freshet.api.admin;

import io.freshet.event.StoredDeadLetter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which dead letters were written to their topics again, as the notes beside them say. */
final class RedrivenLetters {

    /** Offsets, by partition. */
    private final Map<Integer, Set<Long>> offsets = new HashMap<>();

    /** The next record of the dead-letter topic, which may be a note. */
    void consider(StoredDeadLetter record) {
        record.redriven()
                .ifPresent(offset -> offsets.computeIfAbsent(record.buried().partition(), first -> new HashSet<>())
                        .add(offset));
    }

    boolean has(StoredDeadLetter letter) {
        return offsets.getOrDefault(letter.buried().partition(), Set.of())
                .contains(letter.buried().offset());
    }
}
