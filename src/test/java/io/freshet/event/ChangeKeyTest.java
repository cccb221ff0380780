package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChangeKeyTest {

    @Test
    void shouldKeepItsDigestFromVersionToVersion() {
        assertThat(key("acme", "load-1")).isEqualTo(new ChangeKey("acme", "023513efef4cd90b"));
    }

    @Test
    void shouldHaveSixteenDigitsWhateverTheDigest() {
        for (var number = 0; number < 100; number++) {
            assertThat(key("acme", "load-" + number).digest()).matches("[0-9a-f]{16}");
        }
    }

    @Test
    void shouldBeOfItsWorkspace() {
        assertThat(key("globex", "load-1")).isNotEqualTo(key("acme", "load-1"));
    }

    private static ChangeKey key(String account, String id) {
        return ChangeKey.of(new Change(
                account,
                new Target.Space("s1"),
                new ChangeRef("/etl", id, Instant.EPOCH, null),
                Traces.none(),
                new RecordPlace("upstream-data-changed", 0, 0, Instant.EPOCH)));
    }
}
