package io.freshet.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.event.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * An event that Freshet has told.
 *
 * @param report which report it is about; empty where it is about a batch
 * @param data JSON as it was told
 */
record ToldEvent(Kind kind, Instant at, String account, String report, String data) {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    /** Which topic it was told on. */
    enum Kind {
        PLANNED("planned_at"),
        ACCEPTED("accepted_at"),
        FINISHED("finished_at"),
        REJECTED("rejected_at");

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
        var report = kind == Kind.PLANNED ? "" : json.text("report_token");
        return new ToldEvent(kind, json.time(kind.at), json.text("account"), report, data);
    }

    private static StoredObject json(String data) throws IOException {
        return new StoredObject(MAPPER.readTree(data));
    }

    Activity activity() throws IOException {
        var json = json(data);
        return switch (kind) {
            case PLANNED ->
                new Activity.Planned(
                        at,
                        account,
                        target(json),
                        json.smallNumber("changes_count"),
                        size(json, "datasets"),
                        size(json, "reports"));
            case ACCEPTED ->
                new Activity.Accepted(
                        at,
                        account,
                        report,
                        json.text("run_token"),
                        size(json, "dataset_tokens"),
                        json.smallNumber("changes_count"),
                        json.flag("adopted"));
            case FINISHED -> finished(json);
            case REJECTED ->
                new Activity.Rejected(
                        at,
                        account,
                        report,
                        size(json, "dataset_tokens"),
                        json.smallNumber("changes_count"),
                        json.text("reason"),
                        json.smallNumber("status"),
                        json.text("message"));
        };
    }

    private Activity finished(StoredObject json) throws IOException {
        var freshness = json.json().path("freshness_seconds");
        return new Activity.Finished(
                at,
                account,
                report,
                json.text("run_token"),
                size(json, "dataset_tokens"),
                json.smallNumber("changes_count"),
                json.text("outcome"),
                json.text("mode_state"),
                Duration.between(json.time("accepted_at"), at).toMillis() / 1000.0,
                freshness.isNumber() ? freshness.doubleValue() : null);
    }

    private static int size(StoredObject json, String name) {
        return json.json().path(name).size();
    }

    private static String target(StoredObject json) {
        return Stream.of("data_source", "space")
                .flatMap(name -> json.optionalText(name).map(token -> name + "=" + token).stream())
                .findFirst()
                .or(() -> json.optionalText("report_token").map(token -> "report=" + token))
                .orElseGet(() -> "datasets="
                        + json.objects("datasets").stream()
                                .map(one -> one.json().path("token").asText())
                                .toList());
    }
}
