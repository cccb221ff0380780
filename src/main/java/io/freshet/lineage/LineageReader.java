package io.freshet.lineage;

import static io.freshet.lineage.JsonFields.array;
import static io.freshet.lineage.JsonFields.object;
import static io.freshet.lineage.JsonFields.text;

import com.fasterxml.jackson.core.JsonParser;
import io.freshet.event.InboundRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records as events of OpenLineage, or as what is wrong with them. An event is known by its shape: its clients write neither
 * headers nor a content type, and leave out what the specification asks for. Never fails, whatever the bytes.
 */
public final class LineageReader {

    private static final int MOST_SYMLINKS = 10;
    /** What makes no difference to a table's rows, and what leaves none that a report could still read. */
    private static final Set<String> NO_CHANGE = Set.of("ALTER", "DROP");

    private static final LineageEvent NOTHING = new LineageEvent.Unusable(
            "not_json", "The record has no value: OpenLineage's clients write one event as JSON into each.");
    private static final LineageEvent NO_OBJECT = new LineageEvent.Unusable(
            "not_lineage", "The value is JSON, but no object: send one event of OpenLineage in each record.");

    /** @param now times may be a day ahead of this at most */
    public LineageEvent read(InboundRecord record, Instant now) {
        var value = record.value();
        if (value == null || value.length == 0) {
            return NOTHING;
        }
        try (var json = JsonFields.parser(value)) {
            json.nextToken();
            if (!json.isExpectedStartObjectToken()) {
                return noObject(json);
            }
            var draft = new EventDraft();
            object(json, (name, field) -> event(name, field, draft));
            return json.nextToken() == null
                    ? draft.event(record, now)
                    : new LineageEvent.Unusable(
                            "not_json", "More comes after the event: send one event of OpenLineage in each record.");
        } catch (IOException e) {
            return new LineageEvent.Unusable(
                    "not_json",
                    "The value is no JSON: OpenLineage's clients write one event as JSON into each record.");
        }
    }

    /** The key that OpenLineage's own clients give an event's record; empty if it is of a dataset. */
    public static Optional<String> key(byte @Nullable [] value) {
        var draft = new EventDraft();
        if (value == null) {
            return Optional.empty();
        }
        try (var json = JsonFields.parser(value)) {
            json.nextToken();
            object(json, (name, field) -> event(name, field, draft));
        } catch (IOException e) {
            return Optional.empty();
        }
        return draft.key();
    }

    /** To the end, as what breaks off is no JSON. */
    private static LineageEvent noObject(JsonParser json) throws IOException {
        json.skipChildren();
        return json.currentToken() == null || json.nextToken() != null
                ? new LineageEvent.Unusable("not_json", "The value is no JSON: send one event of OpenLineage.")
                : NO_OBJECT;
    }

    private static void event(String name, JsonParser json, EventDraft draft) throws IOException {
        switch (name) {
            case "eventType" -> draft.phase = text(json);
            case "eventTime" -> draft.time = text(json);
            case "producer" -> draft.producer = text(json);
            case "schemaURL" -> draft.schema = text(json);
            case "dataset" -> draft.isOfDataset = json.isExpectedStartObjectToken();
            case "run" ->
                object(json, (field, value) -> {
                    if (field.equals("runId")) {
                        draft.run = text(value);
                    }
                });
            case "job" -> object(json, (field, value) -> job(field, value, draft));
            case "outputs" -> array(json, element -> output(element).ifPresent(draft.outputs::add));
            default -> {}
        }
    }

    private static void job(String name, JsonParser json, EventDraft draft) throws IOException {
        switch (name) {
            case "namespace" -> draft.jobNamespace = text(json);
            case "name" -> draft.jobName = text(json);
            case "facets" ->
                object(json, (facet, value) -> {
                    if (facet.equals("jobType")) {
                        object(value, (field, word) -> jobType(field, word, draft));
                    }
                });
            default -> {}
        }
    }

    private static void jobType(String name, JsonParser json, EventDraft draft) throws IOException {
        switch (name) {
            case "integration" -> draft.integration = text(json);
            case "jobType" -> draft.jobType = text(json);
            default -> {}
        }
    }

    private static Optional<Output> output(JsonParser json) throws IOException {
        var output = new OutputDraft();
        object(json, (name, value) -> {
            switch (name) {
                case "namespace" -> output.namespace = text(value);
                case "name" -> output.name = text(value);
                case "facets" -> object(value, (facet, inner) -> facet(facet, inner, output));
                default -> {}
            }
        });
        return output.made();
    }

    private static void facet(String name, JsonParser json, OutputDraft output) throws IOException {
        switch (name) {
            case "symlinks" ->
                object(json, (field, value) -> {
                    if (field.equals("identifiers")) {
                        array(value, link -> symlink(link).ifPresent(output.symlinks::add));
                    }
                });
            case "lifecycleStateChange" ->
                object(json, (field, value) -> {
                    if (field.equals("lifecycleStateChange")) {
                        output.change = text(value).map(word -> word.toUpperCase(Locale.ROOT));
                    }
                });
            default -> {}
        }
    }

    /** Only one that names a table says more than the dataset itself. */
    private static Optional<TableName> symlink(JsonParser json) throws IOException {
        var link = new OutputDraft();
        object(json, (name, value) -> {
            switch (name) {
                case "namespace" -> link.namespace = text(value);
                case "name" -> link.name = text(value);
                case "type" -> link.change = text(value);
                default -> {}
            }
        });
        return link.change.filter(type -> type.equalsIgnoreCase("TABLE")).flatMap(table -> link.own());
    }

    /** A dataset that is written, while it is read. */
    private static final class OutputDraft {
        private Optional<String> namespace = Optional.empty();
        private Optional<String> name = Optional.empty();
        private Optional<String> change = Optional.empty();
        private final List<TableName> symlinks = new ArrayList<>();

        Optional<TableName> own() {
            return namespace.flatMap(where -> name.map(which -> new TableName(where, which)));
        }

        Optional<Output> made() {
            var names = new ArrayList<>(symlinks.subList(0, Math.min(MOST_SYMLINKS, symlinks.size())));
            own().ifPresent(names::add);
            return change.filter(NO_CHANGE::contains).isPresent() || names.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Output(names));
        }
    }
}
