package io.freshet.api.admin;

import io.freshet.event.StoredDeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides letter by letter, in the order of the topic, which are to be written again. Plain, without Kafka. */
final class RedriveSelection {

    /** A record that died as often after it was written again would go on for ever. */
    static final int MOST_REDRIVES = 3;

    private static final int MOST_REFUSED = 100;

    private final RedriveRequest order;
    private final Set<String> inputs;
    private final RedrivenLetters redriven;
    private final List<StoredDeadLetter> chosen = new ArrayList<>();
    private final List<RedriveResult.Row> refused = new ArrayList<>();
    private int already;
    private boolean more;

    /**
     * @param inputs the topics that may be written to
     * @param redriven which letters were written again before
     */
    RedriveSelection(RedriveRequest order, Set<String> inputs, RedrivenLetters redriven) {
        this.order = order;
        this.inputs = Set.copyOf(inputs);
        this.redriven = redriven;
    }

    void consider(StoredDeadLetter letter) {
        if (!order.wants(letter)) {
            return;
        }
        var refusal = refusal(letter);
        if (redriven.has(letter)) {
            already++;
        } else if (refusal.isPresent()) {
            if (refused.size() < MOST_REFUSED) {
                refused.add(RedriveResult.Row.of(letter, refusal.get()));
            }
        } else if (chosen.size() < order.most()) {
            chosen.add(letter);
        } else {
            more = true;
        }
    }

    private Optional<String> refusal(StoredDeadLetter letter) {
        if (!inputs.contains(letter.topic())) {
            return Optional.of("It names no input topic of Freshet's, which alone are written to.");
        }
        if (letter.buried().value() == null) {
            return Optional.of("It has no value: it came without one, or was too large to be kept here.");
        }
        if (letter.redrives() >= MOST_REDRIVES && !order.isForced()) {
            return Optional.of("It was written again %d times and died each time: correct its cause, or say force."
                    .formatted(letter.redrives()));
        }
        return Optional.empty();
    }

    List<StoredDeadLetter> chosen() {
        return List.copyOf(chosen);
    }

    RedriveResult result() {
        var rows = chosen.stream()
                .map(letter -> RedriveResult.Row.of(letter, null))
                .toList();
        return new RedriveResult(order.isDry(), rows, List.copyOf(refused), already, more);
    }
}
