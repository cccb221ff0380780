package io.freshet.view;

import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How a report or a dataset came to its end for some batches, as it was told.
 *
 * @param batches their numbers
 */
record ToldEnd(ReportKey report, Outcome outcome, List<Long> batches) {

    private static final int BYTES_A_BATCH = 24;

    ToldEnd {
        batches = List.copyOf(batches);
    }

    /** Of the data of run-finished or run-rejected. */
    static ToldEnd read(StoredObject json) throws IOException {
        var dataset = json.optionalText("dataset_token");
        var account = json.text("account");
        return new ToldEnd(
                dataset.isPresent()
                        ? ReportKey.dataset(account, dataset.get())
                        : new ReportKey(account, json.text("report_token")),
                outcome(json),
                batches(json));
    }

    private static Outcome outcome(StoredObject json) throws IOException {
        var word = json.optionalText("outcome");
        return word.isEmpty()
                ? Outcome.REJECTED
                : Outcome.of(word.get()).orElseThrow(() -> new IOException("its outcome is none that is known"));
    }

    private static List<Long> batches(StoredObject json) throws IOException {
        var batches = new ArrayList<Long>();
        try {
            json.texts("batches").forEach(batch -> batches.add(Long.parseLong(batch)));
        } catch (NumberFormatException e) {
            throw new IOException("its batches are no numbers", e);
        }
        return batches;
    }

    /** About how much memory it takes. */
    int characters() {
        return batches.size() * BYTES_A_BATCH;
    }
}
