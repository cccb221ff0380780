package io.freshet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Change;
import io.freshet.event.ChangeRef;
import io.freshet.event.RecordPlace;
import io.freshet.event.Target;
import io.freshet.event.Traces;
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
        var target = new Target.DataSource(source);
        var came = IntStream.range(0, changes).mapToObj(n -> change(target, n)).toList();
        var batch = new Batch("acme", target, came, NOON);
        return floods.isFlood(batch, NOON.plus(Duration.ofMinutes(minute)));
    }

    private static Change change(Target target, int number) {
        return new Change(
                "acme",
                target,
                new ChangeRef("/etl", "load-" + number, NOON, "hourly"),
                Traces.none(),
                new RecordPlace("upstream-data-changed", 0, number, NOON));
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
