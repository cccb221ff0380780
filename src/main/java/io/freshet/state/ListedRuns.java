package io.freshet.state;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The runs of a report as Mode lists them, and which of them may be the effect of a POST that nobody saw answered.
 *
 * @param executor whom Mode names for what is posted with the present credential; empty where that isn't known
 */
public record ListedRuns(List<Run> runs, Optional<String> executor) {

    public ListedRuns {
        runs = List.copyOf(runs);
    }

    /**
     * The oldest that can be the effect of this POST. What can't be told is a run by a person, in the seconds between the
     * attempt and the look, where Mode shows neither who ran it nor which datasets: it is taken for ours.
     */
    Optional<Run> ours(Posting posting) {
        return oldest(posting, run -> isByUs(run, posting));
    }

    /**
     * Whoever ran it: the credential may be another user's by now. Rather not one who ran it before we ever did, as a schedule
     * does.
     */
    Optional<Run> perhapsOurs(Posting posting) {
        return executor.isPresent()
                ? Optional.empty()
                : oldest(posting, run -> !ranBefore(run, posting)).or(() -> oldest(posting, run -> true));
    }

    private boolean isByUs(Run run, Posting posting) {
        var before = Optional.ofNullable(posting.memory().executedBy());
        return run.executedBy().isEmpty()
                || (executor.isEmpty() && before.isEmpty() && !ranBefore(run, posting))
                || run.executedBy().equals(executor)
                || run.executedBy().equals(before);
    }

    /** Whether its executor has runs there that are older than our attempt. */
    private boolean ranBefore(Run run, Posting posting) {
        return runs.stream()
                .filter(other -> other.createdAt()
                        .filter(posting.notCreatedBefore()::isAfter)
                        .isPresent())
                .anyMatch(other -> other.executedBy().equals(run.executedBy()));
    }

    private Optional<Run> oldest(Posting posting, Predicate<Run> which) {
        var earliest = notOlderThanLast(posting);
        return runs.stream()
                .filter(run ->
                        run.createdAt().filter(at -> !at.isBefore(earliest)).isPresent())
                .filter(run -> !run.token().equals(posting.memory().lastRun()))
                .filter(run -> run.datasetTokens()
                        .map(tokens -> tokens.equals(posting.request().datasetTokens()))
                        .orElse(true))
                .filter(which)
                .min(Comparator.comparing(run -> run.createdAt().orElseThrow()));
    }

    /** Where runs are short, {@link Posting#notCreatedBefore} with its tolerance lets in more of ours than the last one. */
    private Instant notOlderThanLast(Posting posting) {
        return runs.stream()
                .filter(run -> run.token().equals(posting.memory().lastRun()))
                .findFirst()
                .flatMap(Run::createdAt)
                .filter(posting.notCreatedBefore()::isBefore)
                .orElse(posting.notCreatedBefore());
    }
}
