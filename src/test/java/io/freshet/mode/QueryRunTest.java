package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryRunTest {

    @Test
    void shouldReadWhatAFailedQuerySaysOfItself() {
        var query = query("{'token':'a1','state':'failed','error_code':'SqlUnknownFunction','error_type':'generic',"
                + "'error_message':'ERROR: function date_diff(...) does not exist'}");

        assertThat(query)
                .isEqualTo(new QueryRun(
                        "failed",
                        Optional.of("SqlUnknownFunction"),
                        Optional.of("ERROR: function date_diff(...) does not exist")));
    }

    @Test
    void shouldFindTheFirstThatFailed() {
        var good = query("{'token':'a1','state':'succeeded','error_code':null}");
        var failed = query("{'token':'a2','state':'failed','error_code':'one'}");
        var later = query("{'token':'a3','state':'failed','error_code':'two'}");

        assertThat(QueryRun.firstFailed(List.of(good, failed, later))).contains(failed);
        assertThat(QueryRun.firstFailed(List.of(good))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "failed, '', true",
        "FAILED, '', true",
        "succeeded, left over, false",
        "cancelled, left over, false",
        "errored, boom, true",
        "errored, '', false",
        "running, '', false",
    })
    void shouldTakeAQueryForFailedByItsStateOrByItsErrorWhereNobodyKnowsTheState(
            String state, String message, boolean failed) {
        var query = query("{'token':'a1','state':'%s','error_message':'%s'}".formatted(state, message));

        assertThat(query.hasFailed()).isEqualTo(failed);
    }

    @Test
    void shouldMakeOneLineOfAMessage() {
        var query = query("{'token':'a1','state':'failed','error_code':' \\n ',"
                + "'error_message':'  ERROR:\\n\\tcolumn \\u202e\\u0007 missing\\u2028 here\\r\\n'}");

        assertThat(query.errorMessage()).contains("ERROR: column missing here");
        assertThat(query.errorCode()).isEmpty();
    }

    @Test
    void shouldCutALongMessageBetweenTwoCharacters() {
        var query = query("{'token':'a1','state':'failed','error_message':'%s','error_code':'%s'}"
                .formatted("x" + "\uD83D\uDCA5".repeat(40_000), "c".repeat(900)));

        assertThat(query.errorMessage()).hasValueSatisfying(message -> {
            assertThat(message).hasSizeBetween(999, 1_000).endsWith("\uD83D\uDCA5…");
            assertThat(message.chars().filter(unit -> unit == 0xD83D).count())
                    .isEqualTo(message.chars().filter(unit -> unit == 0xDCA5).count());
        });
        assertThat(query.errorCode())
                .hasValueSatisfying(code -> assertThat(code).hasSize(200));
    }

    @Test
    void shouldReadAQueryOfWhichModeSaysNothing() {
        assertThat(query("{'token':'a1'}")).isEqualTo(new QueryRun("unknown", Optional.empty(), Optional.empty()));
    }

    private static QueryRun query(String text) {
        return QueryRun.of(LenientJson.object(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .orElseThrow());
    }
}
