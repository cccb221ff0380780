package io.freshet.api.produce;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventBatchTest {

    private static List<String> elements(String body) {
        return EventBatch.cut(body.getBytes(UTF_8))
                .fold(
                        elements -> elements.all().stream()
                                .map(one -> new String(one, UTF_8))
                                .toList(),
                        torn -> List.of("torn at " + torn.index() + ": " + torn.reason()),
                        tooMany -> List.of("too many"));
    }

    @Test
    void shouldCutByteForByte() {
        assertThat(elements(" [ {\"a\": [1, {\"b\": \"]}\"}]} ,\n{\"ü\":\"\\\"ö\"},{}\t]\n"))
                .containsExactly("{\"a\": [1, {\"b\": \"]}\"}]}", "{\"ü\":\"\\\"ö\"}", "{}");
        assertThat(elements("\ufeff[{\"a\":1},{\"b\":2}]")).containsExactly("{\"a\":1}", "{\"b\":2}");
        assertThat(elements("[]")).isEmpty();
    }

    @Test
    void shouldLeaveItToTheReaderWhatAnElementIs() {
        assertThat(elements("[1.5e3, \"te,xt\", null, [2, 3], {\"a\": 1, \"a\": 2}]"))
                .containsExactly("1.5e3", "\"te,xt\"", "null", "[2, 3]", "{\"a\": 1, \"a\": 2}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                 | 0 | is a JSON array",
                "{}                 | 0 | is a JSON array",
                "[{\"a\": 1}        | 1 | isn't whole",
                "[{\"a\": 1},{\"b\" | 1 | isn't whole",
                "[{}, {}, x]        | 2 | no JSON",
                "[{}] {}            | 1 | follows the array"
            })
    void shouldSayWhereItIsTorn(String body, int index, String reason) {
        assertThat(elements(body))
                .singleElement()
                .asString()
                .startsWith("torn at " + index)
                .contains(reason);
    }

    @Test
    void shouldReadNothingButUtf8() {
        assertThat(EventBatch.cut("[{}]".getBytes(UTF_16))).isInstanceOf(EventBatch.Cut.Torn.class);
    }

    @Test
    void shouldTakeAThousandAndNoMore() {
        assertThat(elements(Collections.nCopies(1_000, "{}").toString())).hasSize(1_000);
        assertThat(elements(Collections.nCopies(1_001, "{}").toString())).containsExactly("too many");
    }
}
