package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HintTest {

    @ParameterizedTest
    @ValueSource(strings = {"""
        {"event":"report_run_completed",
         "report_run_url":"https://modeanalytics.com/api/5a0db0c5a0db/reports/4e9047000001/runs/f00000000001"}\
        """, """
                     {"report_run_url" : "https:\\/\\/modeanalytics.com\\/api\\/x\\/reports\\/4e9047000001\\/runs\\/f00000000001",
                      "event" : "report_run_completed", "more": {}}\
                     """})
    void shouldTakeTheTwoTokensAndNothingElse(String body) {
        assertThat(Hint.in(body)).contains(new Hint("4e9047000001", "f00000000001"));
    }

    /** Mode's own address of a dataset's runs is that of a report; its reference has the other one. */
    @Test
    void shouldTakeTheRunOfADataset() {
        var hint = "{\"event\":\"report_run_completed\",\"report_run_url\":\"https://m/api/o/datasets/a/runs/b\"}";

        assertThat(Hint.in(hint)).contains(new Hint("a", "b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"event\":\"report_run_completed\"}",
                "{\"event\":\"report_run_started\",\"report_run_url\":\"https://m/api/o/reports/a/runs/b\"}",
                "{\"event\":\"report_run_completed\",\"report_run_url\":\"https://m/api/o/reports/../runs/b\"}",
                "{\"event\":\"report_run_completed\",\"report_run_url\":\"https://m/api/o/reports/a/runs/b?x=1\"}",
                "{\"event\":\"report_created\",\"report_url\":\"https://m/api/o/reports/a\"}"
            })
    void shouldFindNoHintInAnythingElse(String body) {
        assertThat(Hint.in(body)).isEmpty();
    }

    @Test
    void shouldNotReadWhatIsTooLong() {
        var hint = "{\"event\":\"report_run_completed\",\"report_run_url\":\"https://m/api/o/reports/a/runs/b\"}";

        assertThat(Hint.in(hint)).isPresent();
        assertThat(Hint.in(hint + " ".repeat(Hint.LONGEST))).isEmpty();
    }
}
