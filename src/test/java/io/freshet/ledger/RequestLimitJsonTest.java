package io.freshet.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.state.RequestLimit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLimitJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "[]",
                "{}",
                "{\"state\":\"handed_over\",\"pause_ms\":0,\"remaining_ms\":[]}",
                "{\"v\":1,\"min_reader\":1,\"state\":\"handed_over\",\"pause_ms\":0,\"remaining_ms\":[\"soon\"]}",
                "{\"v\":1,\"min_reader\":1,\"state\":\"handed_over\",\"remaining_ms\":[]}",
                "{\"v\":1,\"min_reader\":1,\"state\":\"resting\"}"
            })
    void shouldTakeForACallWhatItCanNotRead(String text) {
        assertThat(RequestLimitJson.read(text.getBytes(UTF_8))).isEqualTo(new RequestLimit.Calling());
    }
}
