package io.freshet.api.admin;

import io.freshet.mode.ReportRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What Mode has, as the API spells it. */
final class ModeViews {

    private ModeViews() {}

    /** @param expectedRuntimeSeconds how long Mode expects a run to take; absent in listings */
    record Dataset(
            String token,
            String name,
            @Nullable String description,
            @Nullable String spaceToken,
            boolean archived,
            @Nullable Double expectedRuntimeSeconds) {

        static Dataset of(io.freshet.mode.Dataset dataset) {
            return new Dataset(
                    dataset.token(),
                    dataset.name(),
                    dataset.description().orElse(null),
                    dataset.spaceToken().orElse(null),
                    dataset.archived(),
                    dataset.expectedRuntime().map(ModeViews::seconds).orElse(null));
        }

        static List<Dataset> of(List<io.freshet.mode.Dataset> datasets) {
            return datasets.stream().map(Dataset::of).toList();
        }
    }

    record Deleted(String deleted) {}

    record Report(String token, String name, boolean archived) {

        static Report of(io.freshet.mode.Report report) {
            return new Report(report.token(), report.name(), report.archived());
        }
    }

    /** @param state as Mode said it */
    record Run(
            String token,
            String state,
            @Nullable Instant createdAt,
            @Nullable Instant completedAt,
            @Nullable SortedSet<String> datasetTokens) {

        static Run of(ReportRun run) {
            return new Run(
                    run.token(),
                    run.state(),
                    run.createdAt().orElse(null),
                    run.completedAt().orElse(null),
                    run.datasetTokens().orElse(null));
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
