package io.freshet.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.event.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event that Freshet has told.
 *
 * @param report which report or dataset it is about; empty where it is about a batch or the workspace
 * @param data JSON as it was told
 * @param end where a request has come to its end with it
 */
record ToldEvent(Kind kind, Instant at, String account, String report, String data, Optional<ToldEnd> end) {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final Pattern WEB = Pattern.compile("https?://");

    /** Which topic it was told on. */
    enum Kind {
        PLANNED("planned_at"),
        ACCEPTED("accepted_at"),
        FINISHED("finished_at"),
        REJECTED("rejected_at"),
        CHANGED("at");

        private final String at;

        Kind(String at) {
            this.at = at;
        }

        /** Whether a request has come to its end with it. */
        boolean isAnEnd() {
            return this == FINISHED || this == REJECTED;
        }
    }

    static ToldEvent read(Kind kind, byte[] told) throws IOException {
        var data = new String(told, UTF_8);
        var json = json(data);
        var report = kind == Kind.PLANNED || kind == Kind.CHANGED ? "" : token(json);
        var end = kind.isAnEnd() ? Optional.of(ToldEnd.read(json)) : Optional.<ToldEnd>empty();
        return new ToldEvent(kind, json.time(kind.at), json.text("account"), report, data, end);
    }

    /** Of one about a batch that was planned. */
    ToldPlan plan() throws IOException {
        return ToldPlan.read(json(data));
    }

    /** About how much memory it takes. */
    int characters() {
        return data.length() + end.map(ToldEnd::characters).orElse(0);
    }

    private static String token(StoredObject json) throws IOException {
        var dataset = json.optionalText("dataset_token");
        return dataset.isPresent() ? dataset.get() : json.text("report_token");
    }

    /** What was told before there were runs of datasets doesn't always say. */
    private static String kind(StoredObject json) {
        return json.optionalText("dataset_token").isPresent() ? "dataset" : "report";
    }

    private static StoredObject json(String data) throws IOException {
        return new StoredObject(MAPPER.readTree(data));
    }

    /** JSON that was read before. */
    static JsonNode known(String data) {
        try {
            return MAPPER.readTree(data);
        } catch (IOException e) {
            throw new IllegalStateException("it was read before", e);
        }
    }

    /** Of one whose activity was asked for before. */
    Activity activityOfKnown() {
        try {
            return activity();
        } catch (IOException e) {
            throw new IllegalStateException("it was read before", e);
        }
    }

    Activity activity() throws IOException {
        var json = json(data);
        return switch (kind) {
            case PLANNED ->
                new Activity.Planned(
                        at,
                        account,
                        json.optionalText("batch").orElse(null),
                        ToldPlan.target(json),
                        json.optionalText(ToldPlan.TARGET_NAME).orElse(null),
                        json.smallNumber("changes_count"),
                        size(json, "datasets"),
                        size(json, "reports"));
            case ACCEPTED ->
                new Activity.Accepted(
                        at,
                        account,
                        kind(json),
                        json.optionalText("report_token").orElse(null),
                        json.optionalText("dataset_token").orElse(null),
                        json.optionalText("name").orElse(null),
                        page(json),
                        json.text("run_token"),
                        size(json, "dataset_tokens"),
                        json.smallNumber("changes_count"),
                        json.flag("adopted"));
            case FINISHED -> finished(json);
            case CHANGED ->
                new Activity.WorkspaceChanged(
                        at,
                        account,
                        json.text("what"),
                        subject(json),
                        json.text("why"),
                        json.optionalText("by").orElse(null));
            case REJECTED ->
                new Activity.Rejected(
                        at,
                        account,
                        kind(json),
                        json.optionalText("report_token").orElse(null),
                        json.optionalText("dataset_token").orElse(null),
                        json.optionalText("name").orElse(null),
                        page(json),
                        size(json, "dataset_tokens"),
                        json.smallNumber("changes_count"),
                        json.text("reason"),
                        json.smallNumber("status"),
                        json.text("message"));
        };
    }

    /** As facts are spelled; null where it is the workspace. */
    private static @Nullable String subject(StoredObject json) throws IOException {
        var token = json.optionalText("subject");
        return token.isPresent() ? json.text("kind") + ":" + token.get() : null;
    }

    private Activity finished(StoredObject json) throws IOException {
        var freshness = json.json().path("freshness_seconds");
        return new Activity.Finished(
                at,
                account,
                kind(json),
                json.optionalText("report_token").orElse(null),
                json.optionalText("dataset_token").orElse(null),
                json.optionalText("name").orElse(null),
                page(json),
                json.text("run_token"),
                size(json, "dataset_tokens"),
                json.smallNumber("changes_count"),
                json.text("outcome"),
                json.text("mode_state"),
                json.optionalText("error_code").orElse(null),
                json.optionalText("error_message").orElse(null),
                Duration.between(json.time("accepted_at"), at).toMillis() / 1000.0,
                freshness.isNumber() ? freshness.doubleValue() : null);
    }

    /** It becomes a link: whoever may write to the topic may write anything. */
    private static @Nullable String page(StoredObject json) {
        return json.optionalText("web_url")
                .filter(url -> WEB.matcher(url).lookingAt())
                .orElse(null);
    }

    private static int size(StoredObject json, String name) {
        return json.json().path(name).size();
    }
}
