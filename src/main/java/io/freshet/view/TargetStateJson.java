package io.freshet.view;

import io.freshet.event.Outcome;
import io.freshet.event.StoredObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Reads what the record {@code ACCOUNT/reports/TOKEN}, or that of a dataset, says of where the report is, and nothing that only its owner needs. */
final class TargetStateJson {

    private TargetStateJson() {}

    static TargetState read(StoredObject json) throws IOException {
        var stage = Stage.of(json.text("state"))
                .orElseThrow(() -> new IOException("it is in a state that this version doesn't know"));
        var history = json.object("history");
        var awaiting = history.objects("awaiting");
        if (stage == Stage.SETTLED && !awaiting.isEmpty()) {
            return awaiting(awaiting, history);
        }
        var request = stage == Stage.SETTLED ? Optional.<StoredObject>empty() : Optional.of(json.object("request"));
        return new TargetState(
                stage,
                since(stage, json).toEpochMilli(),
                next(stage, json),
                request.map(one -> one.texts("dataset_tokens").size()).orElse(0),
                request.isPresent() ? request.get().numbers("batches") : List.of(),
                followUp(json, awaiting),
                outcomes(history),
                json.optionalText("run_token").or(() -> history.optionalText("last_run")),
                lastOutcome(history),
                history.optionalText("name"));
    }

    /** Nothing but parts that wait for datasets. */
    private static TargetState awaiting(List<StoredObject> parts, StoredObject history) throws IOException {
        var since = Instant.MAX;
        var datasets = new TreeSet<String>();
        for (var part : parts) {
            var requestedAt = part.object("request").time("requested_at");
            since = requestedAt.isBefore(since) ? requestedAt : since;
            datasets.addAll(part.object("request").texts("dataset_tokens"));
        }
        return new TargetState(
                Stage.WAITING,
                since.toEpochMilli(),
                Optional.of(new TargetState.Next(NextStep.AWAIT_DATASETS, since.toEpochMilli())),
                datasets.size(),
                batches(parts),
                List.of(),
                outcomes(history),
                history.optionalText("last_run"),
                lastOutcome(history),
                history.optionalText("name"));
    }

    private static List<Long> followUp(StoredObject json, List<StoredObject> awaiting) throws IOException {
        var batches = new ArrayList<Long>();
        if (json.has("next")) {
            batches.addAll(json.object("next").numbers("batches"));
        }
        batches.addAll(batches(awaiting));
        return batches.stream().sorted().toList();
    }

    private static List<Long> batches(List<StoredObject> parts) throws IOException {
        var batches = new ArrayList<Long>();
        for (var part : parts) {
            batches.addAll(part.object("request").numbers("batches"));
        }
        return batches;
    }

    private static Instant since(Stage stage, StoredObject json) throws IOException {
        return switch (stage) {
            case SETTLED -> json.time("since");
            case WAITING -> json.object("request").time("requested_at");
            case POSTING -> json.time("attempted_at");
            case RUNNING -> json.time("accepted_at");
        };
    }

    private static Optional<TargetState.Next> next(Stage stage, StoredObject json) throws IOException {
        return switch (stage) {
            case SETTLED -> Optional.empty();
            case WAITING ->
                next(json.object("request").flag("backfill") ? NextStep.BACKFILL : NextStep.POST, json, "not_before");
            case POSTING -> next(NextStep.RECONCILE, json, "look_at");
            case RUNNING -> next(NextStep.ASK, json, "ask_at");
        };
    }

    private static Optional<TargetState.Next> next(NextStep step, StoredObject json, String due) throws IOException {
        return Optional.of(new TargetState.Next(step, json.time(due).toEpochMilli()));
    }

    private static List<TargetState.OutcomeOf> outcomes(StoredObject history) throws IOException {
        var outcomes = new ArrayList<TargetState.OutcomeOf>();
        for (var outcome : history.objects("outcomes")) {
            outcomes.add(new TargetState.OutcomeOf(outcome.number("batch"), outcome(outcome.text("outcome"))));
        }
        return outcomes;
    }

    private static Optional<Outcome> lastOutcome(StoredObject history) throws IOException {
        var word = history.optionalText("last_outcome");
        return word.isPresent() ? Optional.of(outcome(word.get())) : Optional.empty();
    }

    private static Outcome outcome(String word) throws IOException {
        return Outcome.of(word)
                .orElseThrow(() -> new IOException("it names an outcome that this version doesn't know"));
    }
}
