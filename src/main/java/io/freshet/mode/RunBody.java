package io.freshet.mode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.mode.ModeConfig.DatasetTokens;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The body of a POST that must not leave late.
 *
 * @param json empty where there is none
 * @param notAfter the latest instant at which it may be written
 */
record RunBody(Optional<ObjectNode> json, Instant notAfter) {

    /** Refresh these datasets in a report. */
    static RunBody refreshing(SortedSet<String> datasets, DatasetTokens form, Instant notAfter) {
        var json = LenientJson.newObject();
        var named =
                switch (form) {
                    case WRAPPED -> json.putObject("report").putArray("dataset_tokens");
                    case FLAT -> json.putArray("dataset_tokens");
                };
        datasets.forEach(token -> named.addObject().put("token", token));
        return new RunBody(Optional.of(json), notAfter);
    }

    /** Run a dataset: datasets have no parameters, and none of Mode's clients sends a body. */
    static RunBody ofDataset(Instant notAfter) {
        return new RunBody(Optional.empty(), notAfter);
    }

    byte[] bytes() {
        return json.map(LenientJson::bytes).orElseGet(() -> new byte[0]);
    }
}
