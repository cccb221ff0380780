package io.freshet.state;

import static io.freshet.state.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A writer may date a change as it likes, so that decides little about who goes first. */
class RefreshRequestTest {

    private static RefreshRequest changedAt(Instant... times) {
        var causes = ChangeRefs.none();
        for (var time : times) {
            causes = causes.and(ChangeRefs.of(new ChangeRef("/etl", time.toString(), time, null)));
        }
        return new RefreshRequest(Samples.datasets("d1"), causes, NOON, Optional.empty(), false);
    }

    @Test
    void shouldGoByTheOldestChange() {
        var request = changedAt(NOON.minusSeconds(20), NOON.minusSeconds(30));

        assertThat(request.priority()).isEqualTo(NOON.minusSeconds(30));
    }

    @Test
    void shouldGoByItsOwnTimeWithoutAChange() {
        assertThat(changedAt().priority()).isEqualTo(NOON);
    }

    @Test
    void shouldNotJumpTheQueueForADateOfLongAgo() {
        var old = changedAt(Instant.parse("2000-01-01T00:00:00Z"));

        assertThat(old.priority()).isEqualTo(NOON.minus(Duration.ofHours(1)));
    }

    @Test
    void shouldNotStayBehindForADateToCome() {
        assertThat(changedAt(NOON.plus(Duration.ofDays(1))).priority()).isEqualTo(NOON);
    }
}
