package io.freshet.view;

import io.freshet.event.BatchKey;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefJson;
import io.freshet.event.StoredObject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was told when changes were planned, as much of it as is kept.
 *
 * @param target what has changed, in one word: {@code data_source=TOKEN}
 * @param targetName what people call it in Mode, if that was told
 * @param changes some of them by name, the oldest and the newest
 */
public record ToldPlan(
        BatchKey batch, Instant plannedAt, String target, Optional<String> targetName, List<ChangeRef> changes) {

    static final String TARGET_NAME = "target_name";

    private static final int MOST_DATASETS = 20;

    public ToldPlan {
        changes = List.copyOf(changes);
    }

    /** Of the event, or of one part of it: each part names the changes. */
    static ToldPlan read(StoredObject json) throws IOException {
        return new ToldPlan(
                batch(json),
                json.time("planned_at"),
                target(json),
                json.optionalText(TARGET_NAME),
                ChangeRefJson.read(json.objects("changes")));
    }

    private static BatchKey batch(StoredObject json) throws IOException {
        try {
            return new BatchKey(json.text("account"), Long.parseLong(json.text("batch")));
        } catch (NumberFormatException e) {
            throw new IOException("its batch is no number", e);
        }
    }

    /** What has changed; of named datasets the first. */
    static String target(StoredObject json) {
        return Stream.of("data_source", "space")
                .flatMap(name -> json.optionalText(name).map(token -> name + "=" + token).stream())
                .findFirst()
                .or(() -> json.optionalText("report_token").map(token -> "report=" + token))
                .orElseGet(() -> "datasets=" + datasets(json.objects("datasets")));
    }

    private static List<String> datasets(List<StoredObject> all) {
        var first = all.stream()
                .limit(MOST_DATASETS)
                .map(one -> one.json().path("token").asText());
        var more = all.size() - MOST_DATASETS;
        return Stream.concat(first, more > 0 ? Stream.of("and %d more".formatted(more)) : Stream.empty())
                .toList();
    }

    /** About how much memory it takes. */
    int characters() {
        return target.length()
                + targetName.map(String::length).orElse(0)
                + changes.stream().mapToInt(ToldPlan::characters).sum();
    }

    private static int characters(ChangeRef change) {
        var reason = change.reason();
        return change.source().length() + change.id().length() + (reason == null ? 0 : reason.length());
    }
}
