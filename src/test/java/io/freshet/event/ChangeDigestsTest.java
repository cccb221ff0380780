package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeDigestsTest {

    private static final Instant START = Instant.parse("2026-03-01T06:00:00.123456789Z");

    @Test
    void shouldHoldTheDigestAndTheTimeOfEachChange() {
        var digests = changes(3);

        assertThat(digests.size()).isEqualTo(3);
        assertThat(digests.digest(2)).isEqualTo(ChangeKey.of(change(2)).digest());
        assertThat(digests.changedAt(2)).isEqualTo(START.plusSeconds(2));
        assertThat(digests.digests())
                .containsExactly(
                        digests.digest(0),
                        digests.digest(1),
                        ChangeKey.of(change(2)).digest());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 300, 10_000})
    void shouldComeBackFromBase64AsTheyWere(int many) {
        var digests = changes(many);

        assertThat(ChangeDigests.fromBase64(digests.toBase64()))
                .isEqualTo(digests)
                .hasSameHashCodeAs(digests);
    }

    @Test
    void shouldKeepTheirFormFromVersionToVersion() {
        var one = ChangeDigests.of(List.of(change("load-1", Instant.EPOCH.plusNanos(255))));

        assertThat(one.toBase64()).isEqualTo("AjUT7+9M2QsAAAAAAAAA/w==");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "2000-01-01T00:00:00Z", "2200-12-31T23:59:59.999999999Z"})
    void shouldTellTimesToTheNanosecond(String at) {
        var one = ChangeDigests.of(List.of(change("load-1", Instant.parse(at))));

        assertThat(ChangeDigests.fromBase64(one.toBase64()).changedAt(0)).isEqualTo(at);
    }

    @Test
    void shouldNotBeChangedByWhoWasGivenTheDigests() {
        var digests = changes(1);

        Arrays.fill(digests.digests(), 0);

        assertThat(digests).isEqualTo(changes(1));
    }

    @Test
    void shouldDifferByTheTimeAlone() {
        assertThat(ChangeDigests.of(List.of(change("load-1", START))))
                .isNotEqualTo(ChangeDigests.of(List.of(change("load-1", START.plusNanos(1)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAA", "AAAA", "AjUT7+9M2Qs=", "not base64", "é"})
    void shouldRefuseATextThatIsNoneOfTheirs(String text) {
        assertThatThrownBy(() -> ChangeDigests.fromBase64(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ChangeDigests changes(int many) {
        return ChangeDigests.of(
                IntStream.range(0, many).mapToObj(ChangeDigestsTest::change).toList());
    }

    private static Change change(int number) {
        return change("load-" + number, START.plusSeconds(number));
    }

    private static Change change(String id, Instant at) {
        return new Change(
                "acme",
                new Target.Space("s1"),
                new ChangeRef("/etl", id, at, null),
                Traces.none(),
                new RecordPlace("upstream-data-changed", 0, 0, START));
    }
}
