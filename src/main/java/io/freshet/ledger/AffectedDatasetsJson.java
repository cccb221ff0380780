package io.freshet.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.event.DataFreshness;
import io.freshet.event.StoredObject;
import io.freshet.state.AffectedDatasets;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeSet;

/** The stored form of what a batch knows of its datasets. A batch of a version that knew nothing of them has none of it. */
final class AffectedDatasetsJson {

    private AffectedDatasetsJson() {}

    static void write(AffectedDatasets datasets, ObjectNode json) {
        datasets.tokens().forEach(json.putArray("datasets")::add);
        datasets.alreadyFresh().forEach(json.putArray("already_fresh")::add);
        datasets.knownAt().ifPresent(at -> json.put("known_at", at.toString()));
    }

    static AffectedDatasets read(StoredObject batch) throws IOException {
        if (!batch.has("affected")) {
            return AffectedDatasets.UNKNOWN;
        }
        var json = batch.object("affected");
        return new AffectedDatasets(
                new TreeSet<>(json.texts("datasets")),
                new TreeSet<>(json.texts("already_fresh")),
                json.optionalTime("known_at"));
    }

    static Optional<DataFreshness> readData(StoredObject batch) throws IOException {
        var word = batch.optionalText("data");
        if (word.isPresent() && DataFreshness.of(word.get()).isEmpty()) {
            throw new IOException("it says something of its data that this version doesn't know");
        }
        return word.flatMap(DataFreshness::of);
    }
}
