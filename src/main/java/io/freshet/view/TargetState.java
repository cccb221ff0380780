package io.freshet.view;

import io.freshet.event.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * Where a report is, as its record says.
 *
 * @param sinceMillis when it was requested (waiting), posted, accepted (running) or settled
 * @param next what is done next, and when; none where it is settled
 * @param datasets how many datasets the request under way names
 * @param batches the numbers of the batches that the request under way is for
 * @param followUp those of the request that comes after it
 * @param outcomes how it ended for batches that were open when the record was written
 * @param runToken the open run, or else the last one
 * @param name what people call it in Mode, if that is known
 */
record TargetState(
        Stage stage,
        long sinceMillis,
        Optional<Next> next,
        int datasets,
        List<Long> batches,
        List<Long> followUp,
        List<OutcomeOf> outcomes,
        Optional<String> runToken,
        Optional<Outcome> lastOutcome,
        Optional<String> name) {

    record Next(NextStep step, long dueMillis) {}

    record OutcomeOf(long batch, Outcome outcome) {}

    TargetState {
        batches = List.copyOf(batches);
        followUp = List.copyOf(followUp);
        outcomes = List.copyOf(outcomes);
    }

    TargetState withoutName() {
        return new TargetState(
                stage,
                sinceMillis,
                next,
                datasets,
                batches,
                followUp,
                outcomes,
                runToken,
                lastOutcome,
                Optional.empty());
    }
}
