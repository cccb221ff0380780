package io.freshet.telemetry;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.event.RunAccepted;
import io.freshet.event.RunEvent;
import io.freshet.event.RunFinished;
import io.freshet.event.RunRejected;
import io.freshet.plan.Batch;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Something that has happened, in a few words and numbers: what the API gives of it. */
@Schema(oneOf = {Activity.Planned.class, Activity.Accepted.class, Activity.Finished.class, Activity.Rejected.class})
public sealed interface Activity {

    /** One word for its kind. */
    @JsonProperty
    String what();

    /** Whether a request has come to its end with it. */
    public default boolean isAnEnd() {
        return false;
    }

    /** Changes of one target have become refreshes. */
    @RegisterForReflection
    public record Planned(
            Instant at, String account, String target, int changesCount, int datasetsCount, int refreshesCount)
            implements Activity {

        public static Planned of(Batch batch, int datasets, int refreshes, Instant at) {
            return new Planned(
                    at,
                    batch.account(),
                    batch.target().toString(),
                    batch.changes().size(),
                    datasets,
                    refreshes);
        }

        @Override
        public String what() {
            return "planned";
        }
    }

    /** Mode has taken a run. */
    @RegisterForReflection
    public record Accepted(
            Instant at,
            String account,
            String reportToken,
            String runToken,
            int datasetsCount,
            int changesCount,
            boolean adopted)
            implements Activity {

        public static Accepted of(RunAccepted run) {
            return new Accepted(
                    run.acceptedAt(),
                    run.report().account(),
                    run.report().reportToken(),
                    run.runToken(),
                    run.datasetTokens().size(),
                    run.changes().count(),
                    run.adopted());
        }

        @Override
        public String what() {
            return "accepted";
        }
    }

    /** A run has ended. */
    @RegisterForReflection
    public record Finished(
            Instant at,
            String account,
            String reportToken,
            String runToken,
            int datasetsCount,
            int changesCount,
            String outcome,
            String modeState,
            double tookSeconds,
            @Nullable Double freshnessSeconds)
            implements Activity {

        public static Finished of(RunFinished run) {
            return new Finished(
                    run.finishedAt(),
                    run.report().account(),
                    run.report().reportToken(),
                    run.runToken(),
                    run.datasetTokens().size(),
                    run.changes().count(),
                    run.outcome().word(),
                    run.modeState(),
                    seconds(Duration.between(run.acceptedAt(), run.finishedAt())),
                    run.freshness().map(Activity::seconds).orElse(null));
        }

        @Override
        public String what() {
            return "finished";
        }

        @Override
        public boolean isAnEnd() {
            return true;
        }
    }

    /** No run will come of a request. */
    @RegisterForReflection
    public record Rejected(
            Instant at,
            String account,
            String reportToken,
            int datasetsCount,
            int changesCount,
            String reason,
            int status,
            String message)
            implements Activity {

        public static Rejected of(RunRejected run) {
            return new Rejected(
                    run.rejectedAt(),
                    run.report().account(),
                    run.report().reportToken(),
                    run.datasetTokens().size(),
                    run.changes().count(),
                    run.reason(),
                    run.status(),
                    run.message());
        }

        @Override
        public String what() {
            return "rejected";
        }

        @Override
        public boolean isAnEnd() {
            return true;
        }
    }

    public static Activity of(RunEvent event) {
        return event.fold(Accepted::of, Finished::of, Rejected::of);
    }

    public static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
