package io.freshet.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of the reports of a batch, in numbers. */
final class Counts {

    private static final List<String> BAD = List.of("failed", "cancelled", "timed_out", "rejected");

    private final Map<String, Integer> byOutcome = new TreeMap<>();

    private Counts() {
        byOutcome.put("succeeded", 0);
        BAD.forEach(outcome -> byOutcome.put(outcome, 0));
        byOutcome.put("left_out", 0);
    }

    /** As a settled event says. */
    static Counts said(Event settled) {
        var counts = new Counts();
        counts.byOutcome.replaceAll(
                (outcome, none) -> runs(settled).path(outcome).asInt());
        return counts;
    }

    private static JsonNode runs(Event settled) {
        return settled.data().path("runs");
    }

    /** As other events say. */
    static Counts of(Batch batch) {
        var counts = new Counts();
        batch.ends().forEach(end -> counts.byOutcome.merge(outcome(end), 1, Integer::sum));
        counts.byOutcome.put("left_out", batch.leftOut());
        return counts;
    }

    /** Of a run, or of a rejection. */
    static String outcome(Event end) {
        return end.data().has("outcome") ? end.text("outcome") : "rejected";
    }

    /** Whether a run that Mode shows so has ended well. */
    static boolean isSuccess(String modeState) {
        return modeState.equals("succeeded") || modeState.equals("completed");
    }

    int succeeded() {
        return byOutcome.getOrDefault("succeeded", 0);
    }

    int bad() {
        return BAD.stream()
                .mapToInt(outcome -> byOutcome.getOrDefault(outcome, 0))
                .sum();
    }

    boolean areNone() {
        return byOutcome.values().stream().allMatch(count -> count == 0);
    }

    /** Whether there is any of which these say less. */
    boolean areLessThan(Counts others) {
        return byOutcome.entrySet().stream()
                .anyMatch(one -> one.getValue() < others.byOutcome.getOrDefault(one.getKey(), 0));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counts that && byOutcome.equals(that.byOutcome);
    }

    @Override
    public int hashCode() {
        return byOutcome.hashCode();
    }

    @Override
    public String toString() {
        return byOutcome.toString();
    }
}
