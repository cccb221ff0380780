package io.freshet.lineage;

import java.time.Instant;
import java.util.Optional;

/**
 * A namespace that is no data source's.
 *
 * @param example the name of a dataset there
 * @param count how many outputs it had since this replica owns the workspace
 * @param lastAt when the last of them came
 * @param nearest the data source that it resembles most
 */
public record UnmatchedNamespace(
        String namespace, String example, long count, Instant lastAt, Optional<SourceAddress> nearest) {}
