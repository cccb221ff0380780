package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentitiesTest {

    @Test
    void shouldKnowAChangeByItsSourceAndIdOnly() {
        var known = Identities.of(new ChangeRef("/etl", "1", Instant.EPOCH, "first"));

        assertThat(known.contains(new ChangeRef("/etl", "1", Instant.MAX, "again")))
                .isTrue();
        assertThat(known.contains(new ChangeRef("/etl", "2", Instant.EPOCH, "first")))
                .isFalse();
        assertThat(known.contains(new ChangeRef("/et", "l1", Instant.EPOCH, "first")))
                .isFalse();
    }

    @Test
    void shouldUniteWithoutRepeating() {
        var both = changes(0, 3).and(changes(2, 5));

        assertThat(both.size()).isEqualTo(5);
        assertThat(both.containsAll(changes(0, 5))).isTrue();
    }

    @Test
    void shouldTakeOthersOut() {
        var rest = changes(0, 5).without(changes(3, 9));

        assertThat(rest).isEqualTo(changes(0, 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 9, 100})
    void shouldContainAllOfAnyPart(int size) {
        var all = changes(0, 100);

        assertThat(all.containsAll(changes(100 - size, 100))).isTrue();
        assertThat(all.containsAll(changes(100 - size, 101))).isFalse();
    }

    @Test
    void shouldForgetTheOldestPastTheMost() {
        var most = changes(0, Identities.MAX);

        var more = most.and(changes(Identities.MAX, Identities.MAX + 10));

        assertThat(more.size()).isEqualTo(Identities.MAX);
        assertThat(more.contains(change(9))).isFalse();
        assertThat(more.contains(change(10))).isTrue();
        assertThat(more.contains(change(Identities.MAX + 9))).isTrue();
    }

    @Test
    void shouldCountAChangeThatComesAgainAmongTheNewest() {
        var most = changes(0, Identities.MAX);

        var more = most.and(Identities.of(List.of(change(0), change(Identities.MAX))));

        assertThat(more.contains(change(0))).isTrue();
        assertThat(more.contains(change(1))).isFalse();
    }

    @Test
    void shouldComeBackFromBase64AsTheyWere() {
        for (var identities : List.of(Identities.none(), changes(0, 1), changes(0, 300))) {
            assertThat(Identities.fromBase64(identities.toBase64())).isEqualTo(identities);
        }
    }

    @Test
    void shouldKeepTheirDigestsFromVersionToVersion() {
        var identities = Identities.of(new ChangeRef("/etl", "load-1", Instant.EPOCH, null));

        assertThat(identities.toBase64()).isEqualTo("AjUT7+9M2Qs=");
    }

    @Test
    void shouldHoldNoMoreThanTheMostWhateverTheText() {
        var digests = new byte[3 * Identities.MAX * Long.BYTES];
        new Random(1).nextBytes(digests);

        var identities = Identities.fromBase64(Base64.getEncoder().encodeToString(digests));

        assertThat(identities.size()).isEqualTo(Identities.MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAA", "AAAA", "not base64", "é"})
    void shouldRefuseATextThatIsNoneOfTheirs(String text) {
        assertThatThrownBy(() -> Identities.fromBase64(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Identities changes(int from, int to) {
        return Identities.of(
                IntStream.range(from, to).mapToObj(IdentitiesTest::change).toList());
    }

    private static ChangeRef change(int number) {
        return new ChangeRef("/etl", "load-" + number, Instant.EPOCH, null);
    }
}
