package io.freshet.mode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.mode.ModeConfig.DatasetTokens;
import java.time.Instant;
import java.util.SortedSet;

/**
 * The body of a POST that must not leave late.
 *
 * @param notAfter the latest instant at which it may be written
 */
record RunBody(ObjectNode json, Instant notAfter) {

    /** Refresh these datasets. */
    static RunBody of(SortedSet<String> datasets, DatasetTokens form, Instant notAfter) {
        var json = LenientJson.newObject();
        var named =
                switch (form) {
                    case WRAPPED -> json.putObject("report").putArray("dataset_tokens");
                    case FLAT -> json.putArray("dataset_tokens");
                };
        datasets.forEach(token -> named.addObject().put("token", token));
        return new RunBody(json, notAfter);
    }
}
