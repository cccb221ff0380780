package io.freshet.event;

import static io.freshet.event.Arrivals.ACME;
import static io.freshet.event.Arrivals.NOW;
import static io.freshet.event.Arrivals.usable;
import static io.freshet.event.Arrivals.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "hello",
                "{\"min_reader\":1,\"account\":\"acme\",\"space\":\"s\",\"source\":\"s\",\"id\":\"i\",\"changed_at\":\"2026-03-01T05:00:00Z\",\"topic\":\"t\",\"partition\":0,\"offset\":0,\"timestamp\":0}",
                "{\"v\":1,\"account\":\"acme\",\"space\":\"s\",\"source\":\"s\",\"id\":\"i\",\"changed_at\":\"2026-03-01T05:00:00Z\",\"topic\":\"t\",\"partition\":0,\"offset\":0,\"timestamp\":0}",
                "{\"v\":1,\"min_reader\":0,\"account\":\"acme\",\"space\":\"s\",\"source\":\"s\",\"id\":\"i\",\"changed_at\":\"2026-03-01T05:00:00Z\",\"topic\":\"t\",\"partition\":0,\"offset\":0,\"timestamp\":0}",
                "{\"v\":\"1\",\"min_reader\":1,\"account\":\"acme\",\"space\":\"s\",\"source\":\"s\",\"id\":\"i\",\"changed_at\":\"2026-03-01T05:00:00Z\",\"topic\":\"t\",\"partition\":0,\"offset\":0,\"timestamp\":0}",
                "{\"v\":1,\"min_reader\":1,\"account\":\"acme\",\"source\":\"s\",\"id\":\"i\",\"changed_at\":\"2026-03-01T05:00:00Z\",\"topic\":\"t\",\"partition\":0,\"offset\":0,\"timestamp\":0}",
                "{\"v\":1,\"min_reader\":1,\"account\":\"acme\",\"space\":7,\"source\":\"s\",\"id\":\"i\",\"changed_at\":\"2026-03-01T05:00:00Z\",\"topic\":\"t\",\"partition\":0,\"offset\":0,\"timestamp\":0}",
                "{\"v\":1,\"min_reader\":1,\"account\":\"acme\",\"space\":\"s\",\"source\":\"s\",\"id\":\"i\",\"changed_at\":\"noon\",\"topic\":\"t\",\"partition\":0,\"offset\":0,\"timestamp\":0}",
                "{\"v\":1,\"min_reader\":1,\"account\":\"acme\",\"space\":\"s\",\"source\":\"s\",\"id\":\"i\",\"changed_at\":\"2026-03-01T05:00:00Z\",\"topic\":\"t\",\"partition\":0,\"timestamp\":0}",
                "{\"v\":1,\"min_reader\":1,\"account\":\"acme\",\"space\":\"s\",\"source\":\"s\",\"id\":\"i\",\"changed_at\":\"2026-03-01T05:00:00Z\",\"topic\":\"t\",\"partition\":4294967296,\"offset\":0,\"timestamp\":0}"
            })
    void shouldRefuseWhatIsNoChange(String text) {
        assertThatThrownBy(() -> ChangeJson.read(utf8(text))).isInstanceOf(IOException.class);
    }

    @Test
    void shouldNotQuoteWhatItCanNotRead() {
        assertThatThrownBy(() -> ChangeJson.read(utf8("secret")))
                .isInstanceOf(IOException.class)
                .hasMessage("it is no JSON");
    }

    @Test
    void shouldBringBackWhateverTextAChangeGave() throws IOException {
        var change =
                usable(new EventReader().readChange(Arrivals.structured("""
                                {"specversion": "1.0", "type": "io.freshet.data-changed.v1", "source": "/etl",
                                 "id": "😀 é", "data": {"space": "s1", "reason": "\\ud83d \\ude00 \\" %s"}}
                                """.formatted("😀".repeat(1_000))), ACME, NOW));

        var again = ChangeJson.read(ChangeJson.write(change));

        assertThat(again).isEqualTo(change);
        assertThat(ChangeKey.of(again)).isEqualTo(ChangeKey.of(change));
    }

    @Test
    void shouldBringBackTheTables() throws IOException {
        var change = usable(new EventReader()
                .readChange(
                        Arrivals.plain("{\"data_source\": \"5a1d\", \"tables\": [\"core.orders\", \"é.😀\"]}"),
                        ACME,
                        NOW));

        var again = ChangeJson.read(ChangeJson.write(change));

        assertThat(again).isEqualTo(change);
        assertThat(again.tables()).containsExactly("core.orders", "é.😀");
    }
}
