package io.freshet.mode;

import java.util.Locale;

/** The operations of {@link ModeApi}, as operators hear of them. */
enum Operation {
    REPORTS_OF_DATASET,
    DATASET,
    DATA_SOURCES,
    DATASETS_OF_DATA_SOURCE,
    DATASETS_OF_SPACE,
    REPORT,
    REPORTS_OF_SPACE,
    RUNS,
    RUN,
    POST_RUN,
    DATASET_RUNS,
    POST_DATASET_RUN,
    QUERY_RUNS,
    QUERIES,
    DEFINITIONS,
    UPDATE_DATASET,
    DELETE_DATASET;

    /** As it is spelled in traces and metrics. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
