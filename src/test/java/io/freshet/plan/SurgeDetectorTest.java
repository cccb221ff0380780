package io.freshet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SurgeDetectorTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SurgeDetector floods = new SurgeDetector();

    private boolean come(int changes, int minute) {
        return come("843786b025e5", changes, minute);
    }

    private boolean come(String source, int changes, int minute) {
        var group = new Group("acme", new Target.DataSource(source));
        return floods.isFlood(group, changes, NOON.plus(Duration.ofMinutes(minute)));
    }

    @Test
    void shouldTellAFloodFromWhatIsUsual() {
        IntStream.range(0, 60).forEach(minute -> assertThat(come(5, minute)).isFalse());

        assertThat(come(99, 60)).isFalse();
        assertThat(come(2, 60)).as("much more than 5").isTrue();
        IntStream.range(61, 70)
                .forEach(minute ->
                        assertThat(come(1_000, minute)).as("it goes on").isTrue());
        assertThat(come(5, 75)).as("it is over").isFalse();
    }

    @Test
    void shouldTakeForUsualWhatComesAllTheTime() {
        IntStream.range(0, 60).forEach(minute -> assertThat(come(1_000, minute)).isFalse());

        assertThat(come(5_000, 60)).isFalse();
    }

    @Test
    void shouldNotTakeForAFloodWhatANewSourceSends() {
        assertThat(come(10_000, 0)).isFalse();
        assertThat(come(10_000, 5)).isFalse();
    }

    @Test
    void shouldTellSourcesApart() {
        IntStream.range(0, 60).forEach(minute -> come(5, minute));

        assertThat(come("another", 1_000, 60)).isFalse();
        assertThat(come(1_000, 60)).isTrue();
    }
}
