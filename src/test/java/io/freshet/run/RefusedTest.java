package io.freshet.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Target;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.plan.Batch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusedTest {

    private static final Batch OF_COLLECTION =
            new Batch("acme", new Target.Space("5bace"), List.of(), Instant.EPOCH, false, Optional.of(Instant.EPOCH));

    private static Failure<?> failure(Kind kind) {
        return new Failure<>(kind, 0, "no", Duration.ZERO);
    }

    @Test
    void shouldSayOfACollectionWhatPeopleSayAndToMachinesWhatTheApiSays() {
        var unknown = Refused.of(OF_COLLECTION, failure(Kind.NOT_FOUND));

        assertThat(unknown.code()).isEqualTo("space_not_found");
        assertThat(unknown.reason()).startsWith("Mode knows no Collection 5bace in acme: ");
        assertThat(unknown.told(OF_COLLECTION).kind()).isEqualTo("space");
        assertThat(Refused.of(OF_COLLECTION, failure(Kind.FORBIDDEN)).reason())
                .contains("the Collection 5bace in acme");
        assertThat(Refused.gaveUp(OF_COLLECTION, failure(Kind.FORBIDDEN)).reason())
                .contains("since 1970-01-01T00:00:00Z what depends on the Collection 5bace in acme");
    }
}
