package io.freshet.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunHintTest {

    private static final Topics TOPICS =
            new SmallRyeConfigBuilder().withMapping(Topics.class).build().getConfigMapping(Topics.class);
    private static final RunHint HINT = new RunHint(new ReportKey("acme", "f00dfacef00d"), "c0ffee000001");

    @Test
    void shouldGoToTheOwnerOfItsWorkspace() throws IOException {
        var partitions = new WorkspacePartitions(16);

        var record = HINT.record(TOPICS, partitions);

        assertThat(record.topic()).isEqualTo("freshet-inbox");
        assertThat(record.partition()).isEqualTo(partitions.of("acme"));
        assertThat(record.key()).isEqualTo("acme/hints/f00dfacef00d".getBytes(UTF_8));
        assertThat(RunHint.isKey(record.key())).isTrue();
        assertThat(RunHint.read(record.value())).isEqualTo(HINT);
    }

    /** As this version writes it: later ones read it, too. */
    @Test
    void shouldBeReadAsItWasFirstWritten() throws IOException {
        var written =
                "{\"v\":1,\"min_reader\":1,\"account\":\"acme\",\"report\":\"f00dfacef00d\",\"run\":\"c0ffee000001\"}";

        assertThat(new String(HINT.write(), UTF_8)).isEqualTo(written.replace("\"v\":1", "\"v\":2"));
        assertThat(RunHint.read(written.getBytes(UTF_8))).isEqualTo(HINT);
    }

    @Test
    void shouldSayThatItIsOfADataset() throws IOException {
        var hint = new RunHint(ReportKey.dataset("acme", "da7a00000001"), "c0ffee000001");

        assertThat(RunHint.read(hint.write())).isEqualTo(hint);
        assertThat(AsyncApi.read().faults(AsyncApi.read().schema("RunHint"), AsyncApi.json(hint.write())))
                .isEmpty();
    }

    /** It makes a dead letter of it, and goes on; it would leave its workspaces if another were the oldest reader. */
    @Test
    void shouldBeNoChangeToAVersionThatKnowsNoHints() {
        assertThatThrownBy(() -> ChangeJson.read(HINT.write())).isInstanceOf(IOException.class);
    }

    @Test
    void shouldBeAsTheDocumentSays() {
        var api = AsyncApi.read();
        var example = api.message("runHint").at("/examples/0/payload");

        assertThat(api.faults(api.schema("RunHint"), AsyncApi.json(HINT.write())))
                .isEmpty();
        assertThat(example.properties())
                .hasSameSizeAs(AsyncApi.json(HINT.write()).properties());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        acme/hints/f00d,           true
        acme/changes/0123,         false
        acme/changes/hints/f00d,   false
        /hints/f00d,               false
        acme,                      false
        ''                       , false
        """)
    void shouldBeKnownByItsKey(String key, boolean isHint) {
        assertThat(RunHint.isKey(key.getBytes(UTF_8))).isEqualTo(isHint);
    }

    @Test
    void shouldBeNoHintWithoutAKey() {
        assertThat(RunHint.isKey(null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"account\":\"acme\",\"report\":\"a\",\"run\":\"b\"}",
                "{\"v\":1,\"min_reader\":1,\"account\":\"acme\",\"report\":\"a\"}",
                "{\"v\":1,\"min_reader\":1,\"account\":\"acme\",\"report\":7,\"run\":\"b\"}"
            })
    void shouldReadNothingElse(String value) {
        assertThatThrownBy(() -> RunHint.read(value.getBytes(UTF_8))).isInstanceOf(IOException.class);
    }

    @Test
    void shouldLeaveALaterFormToALaterVersion() {
        var later = "{\"v\":3,\"min_reader\":3,\"account\":\"acme\",\"report\":\"a\",\"run\":\"b\"}";

        assertThatThrownBy(() -> RunHint.read(later.getBytes(UTF_8))).isInstanceOf(NewerReaderNeeded.class);
    }
}
