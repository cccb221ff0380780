package io.freshet.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.state.RequestLimit;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLimitJsonTest {

    /** Each with the text that version 1 writes. A sample is never changed: a later version adds its own. */
    static Stream<Arguments> samples() {
        return Stream.of(
                Arguments.of(new RequestLimit.Calling(), "{\"v\":1,\"state\":\"calling\"}"),
                Arguments.of(
                        new RequestLimit.HandedOver(
                                List.of(Duration.ofMillis(9_500), Duration.ofMillis(20)), Duration.ofSeconds(30)),
                        "{\"v\":1,\"state\":\"handed_over\",\"pause_ms\":30000,\"remaining_ms\":[9500,20]}"),
                Arguments.of(
                        new RequestLimit.HandedOver(List.of(), Duration.ZERO),
                        "{\"v\":1,\"state\":\"handed_over\",\"pause_ms\":0,\"remaining_ms\":[]}"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldBeReadAsItIsWritten(RequestLimit limit, String sample) {
        assertThat(new String(RequestLimitJson.write(limit), UTF_8)).isEqualTo(sample);
        assertThat(RequestLimitJson.read(sample.getBytes(UTF_8))).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "[]",
                "{}",
                "{\"v\":2,\"state\":\"handed_over\",\"pause_ms\":0,\"remaining_ms\":[]}",
                "{\"v\":1,\"state\":\"resting\"}"
            })
    void shouldTakeForACallWhatItCanNotRead(String text) {
        assertThat(RequestLimitJson.read(text.getBytes(UTF_8))).isEqualTo(new RequestLimit.Calling());
    }
}
