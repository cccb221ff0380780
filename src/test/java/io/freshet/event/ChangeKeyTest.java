package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChangeKeyTest {

    @Test
    void shouldKeepItsDigestFromVersionToVersion() {
        assertThat(key("acme", "load-1")).isEqualTo(new ChangeKey("acme", 0x023513efef4cd90bL));
        assertThat(key("acme", "load-1").key()).isEqualTo("acme/changes/023513efef4cd90b");
    }

    @Test
    void shouldHaveSixteenDigitsWhateverTheDigest() {
        for (var number = 0; number < 100; number++) {
            assertThat(key("acme", "load-" + number).hex()).matches("[0-9a-f]{16}");
        }
        assertThat(new ChangeKey("acme", -1).hex()).isEqualTo("ffffffffffffffff");
        assertThat(new ChangeKey("acme", 0).hex()).isEqualTo("0000000000000000");
    }

    @Test
    void shouldBeOfItsWorkspace() {
        assertThat(key("globex", "load-1")).isNotEqualTo(key("acme", "load-1"));
    }

    @Test
    void shouldTellWhereTheSourceEndsAndTheIdBegins() {
        assertThat(ChangeKey.digest("/etl", "1")).isNotEqualTo(ChangeKey.digest("/et", "l1"));
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
