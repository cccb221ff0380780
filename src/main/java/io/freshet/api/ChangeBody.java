package io.freshet.api;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The fields of a change, for the description of the API; it is read as the records of the topic are. */
@Schema(name = "Change", description = "Exactly one of data_source, space and datasets says what has changed")
public record ChangeBody(
        @Nullable String account,
        @Nullable String dataSource,
        @Nullable String space,
        @Nullable List<String> datasets,
        @Nullable List<String> tables,
        @Nullable Instant changedAt,
        @Nullable String reason) {}
