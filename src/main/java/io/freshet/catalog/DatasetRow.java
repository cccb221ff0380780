package io.freshet.catalog;

import io.freshet.mode.Dataset;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What Mode shows of a dataset, as far as planning needs it.
 *
 * @param dataSource that it is on, where Mode says so
 * @param expectedRuntime how long Mode expects a run to take; its listings don't say
 * @param lastRunAt when its last run began
 * @param lastSuccessAt when the last run that ended well ended
 */
public record DatasetRow(
        Optional<String> dataSource,
        Optional<Duration> expectedRuntime,
        Optional<Instant> lastRunAt,
        Optional<Instant> lastSuccessAt) {

    /** Of a dataset that Mode wasn't asked for. */
    public static final DatasetRow UNKNOWN =
            new DatasetRow(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static DatasetRow of(Dataset dataset) {
        return new DatasetRow(
                dataset.dataSource(), dataset.expectedRuntime(), dataset.lastRunAt(), dataset.lastSuccessfullyRunAt());
    }

    DatasetRow on(Optional<String> source) {
        return new DatasetRow(source, expectedRuntime, lastRunAt, lastSuccessAt);
    }

    /** Whether its last run began after this, and ended well. By Mode's clock. */
    public boolean wasRunWellAfter(Instant time) {
        return lastRunAt
                .filter(time::isBefore)
                .flatMap(began -> lastSuccessAt.filter(ended -> !ended.isBefore(began)))
                .isPresent();
    }
}
