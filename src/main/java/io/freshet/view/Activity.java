package io.freshet.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Something that has happened, in a few words and numbers: what the API gives of it. */
@Schema(
        oneOf = {
            Activity.Planned.class,
            Activity.Accepted.class,
            Activity.Finished.class,
            Activity.Rejected.class,
            Activity.WorkspaceChanged.class
        })
public sealed interface Activity {

    /** One word for its kind. */
    @JsonProperty
    String what();

    Instant at();

    /**
     * Changes of one target have become refreshes.
     *
     * @param batch its number
     * @param targetName what people call the target in Mode; absent if it isn't known
     */
    @RegisterForReflection
    record Planned(
            Instant at,
            String account,
            @Nullable String batch,
            String target,
            @Nullable String targetName,
            int changesCount,
            int datasetsCount,
            int refreshesCount)
            implements Activity {

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
            String kind,
            @Nullable String reportToken,
            @Nullable String datasetToken,
            @Nullable String name,
            @Nullable String webUrl,
            String runToken,
            int datasetsCount,
            int changesCount,
            boolean adopted)
            implements Activity {

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
            String kind,
            @Nullable String reportToken,
            @Nullable String datasetToken,
            @Nullable String name,
            @Nullable String webUrl,
            String runToken,
            int datasetsCount,
            int changesCount,
            String outcome,
            String modeState,
            @Nullable String errorCode,
            @Nullable String errorMessage,
            double tookSeconds,
            @Nullable Double freshnessSeconds)
            implements Activity {

        @Override
        public String what() {
            return "finished";
        }
    }

    /** No run will come of a request. */
    @RegisterForReflection
    record Rejected(
            Instant at,
            String account,
            String kind,
            @Nullable String reportToken,
            @Nullable String datasetToken,
            @Nullable String name,
            @Nullable String webUrl,
            int datasetsCount,
            int changesCount,
            String reason,
            int status,
            String message)
            implements Activity {

        @Override
        public String what() {
            return "rejected";
        }
    }

    /** People should know of it. */
    @RegisterForReflection
    record WorkspaceChanged(
            Instant at,
            String account,
            String change,
            @Nullable String subject,
            String why,
            @Nullable String by) implements Activity {

        @Override
        public String what() {
            return "workspace";
        }
    }
}
