package io.freshet.ops;

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
@Schema(oneOf = {Happening.Planned.class, Happening.Accepted.class, Happening.Finished.class, Happening.Rejected.class})
sealed interface Happening {

    /** One word for its kind. */
    @JsonProperty
    String what();

    /** Whether a wish has come to its end with it. */
    default boolean isAnEnd() {
        return false;
    }

    /** Changes of one target have become refreshes. */
    @RegisterForReflection
    record Planned(Instant at, String account, String target, int changesCount, int datasetsCount, int refreshesCount)
            implements Happening {

        static Planned of(Batch<?> batch, int datasets, int refreshes, Instant at) {
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
    record Accepted(
            Instant at,
            String account,
            String reportToken,
            String runToken,
            int datasetsCount,
            int changesCount,
            boolean adopted)
            implements Happening {

        static Accepted of(RunAccepted run) {
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
    record Finished(
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
            implements Happening {

        static Finished of(RunFinished run) {
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
                    run.freshness().map(Happening::seconds).orElse(null));
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

    /** No run will come of a wish. */
    @RegisterForReflection
    record Rejected(
            Instant at,
            String account,
            String reportToken,
            int datasetsCount,
            int changesCount,
            String reason,
            int status,
            String message)
            implements Happening {

        static Rejected of(RunRejected run) {
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

    static Happening of(RunEvent event) {
        return event.fold(Accepted::of, Finished::of, Rejected::of);
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
