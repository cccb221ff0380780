package io.freshet.view;

import io.freshet.event.BatchKey;
import io.freshet.event.Outcome;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which reports somebody wants to see.
 *
 * @param text what the token or the name contains
 * @param outcomes how it ended last; any if there are none
 * @param batch a batch that it carries, or has come to its end for
 * @param after the last one that was seen already, as it was then
 */
public record ReportQuery(
        Optional<String> account,
        Optional<Stage> stage,
        Optional<String> text,
        Set<Outcome> outcomes,
        Optional<BatchKey> batch,
        int limit,
        Optional<ReportPlace> after,
        Order order) {

    /** In which order. */
    public enum Order {
        /** By account and token: an order that stays while reports move. */
        NAME,
        /** What has been so for longest first; of those that are settled, what settled last. */
        AGE
    }

    public ReportQuery {
        outcomes = Set.copyOf(outcomes);
    }

    /** Whether one that has a record is among them, but for the batch. */
    boolean matches(String token, byte[] packed) {
        return stage.filter(wanted -> wanted != PackedTarget.stage(packed)).isEmpty()
                && (outcomes.isEmpty()
                        || PackedTarget.lastOutcome(packed)
                                .filter(outcomes::contains)
                                .isPresent())
                && text.filter(part -> !contains(token, part)
                                && PackedTarget.name(packed)
                                        .filter(name -> contains(name, part))
                                        .isEmpty())
                        .isEmpty();
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
