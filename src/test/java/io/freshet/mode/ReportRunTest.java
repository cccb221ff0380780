package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportRunTest {

    @ParameterizedTest
    @ValueSource(strings = {"pending", "enqueued", "running_notebook", "running"})
    void shouldTakeARunForOpenWhoseStateIsNoEnd(String state) {
        assertOpen(run("{'token':'a1','state':'" + state + "','completed_at':'2024-09-02T07:38:43.722Z'}"));
    }

    /** Else it would be asked after for a day. */
    @ParameterizedTest
    @ValueSource(strings = {"skipped", "Unknown", "something_new", ""})
    void shouldTakeARunOfAStateThatNobodyHasHeardOfForFailedOnceItHasATime(String state) {
        var open = run("{'token':'a1','state':'" + state + "'}");
        var ended = run("{'token':'a1','state':'" + state + "','completed_at':'2024-09-02T07:38:43.722Z'}");

        assertOpen(open);
        assertThat(open.isStrange()).isTrue();
        assertThat(ended.hasFailed()).isTrue();
        assertThat(ended.state()).isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"enqueued", "running_notebook", "completed", "SUCCEEDED", "failed", "canceled"})
    void shouldFindNothingStrangeInAStateThatModeIsKnownToHave(String state) {
        assertThat(run("{'token':'a1','state':'" + state + "'}").isStrange()).isFalse();
    }

    @Test
    void shouldReadAStateInWhateverCase() {
        assertThat(run("{'token':'a1','state':'SUCCEEDED'}").hasSucceeded()).isTrue();
        assertThat(run("{'token':'a1','state':'Failed'}").hasFailed()).isTrue();
        assertThat(run("{'token':'a1','state':'Cancelled'}").wasCancelled()).isTrue();
    }

    @Test
    void shouldCutAStateThatIsNoWord() {
        var run = run("{'token':'a1','state':'" + "x".repeat(5_000) + "'}");

        assertThat(run.state()).hasSize(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'token':'a1'}", "{'token':'a1','state':null}", "{'token':'a1','state':{}}"})
    void shouldTakeARunForOpenWithoutAState(String object) {
        var run = run(object);

        assertThat(run.state()).isEqualTo("unknown");
        assertOpen(run);
    }

    @Test
    void shouldTakeSucceededForASuccess() {
        assertThat(run("{'token':'a1','state':'succeeded'}").hasSucceeded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "succeeded", "failed", "skipped"})
    void shouldTakeCompletedForASuccessOnceItHasATimeAndNoOpenNotebook(String pythonState) {
        var run = run("{'token':'a1','state':'completed','python_state':'%s','completed_at':'2024-09-02T07:38:43.722Z'}"
                .formatted(pythonState));

        assertThat(run.hasSucceeded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'token':'a1','state':'completed'}",
                "{'token':'a1','state':'completed','completed_at':null}",
                "{'token':'a1','state':'completed','completed_at':'soon'}",
                "{'token':'a1','state':'completed','python_state':'pending','completed_at':'2024-09-02T07:38:43Z'}",
                "{'token':'a1','state':'completed','python_state':'submitted','completed_at':'2024-09-02T07:38:43Z'}",
            })
    void shouldTakeCompletedForOpenWhileTheNotebookMayRun(String object) {
        assertOpen(run(object));
        assertThat(run(object).isHalfEnded()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"failed, true, false", "cancelled, false, true", "canceled, false, true"})
    void shouldTellAFailureFromACancellation(String state, boolean failed, boolean cancelled) {
        var run = run("{'token':'a1','state':'" + state + "'}");

        assertThat(run.hasFailed()).isEqualTo(failed);
        assertThat(run.wasCancelled()).isEqualTo(cancelled);
        assertThat(run.hasSucceeded()).isFalse();
    }

    @Test
    void shouldReadWhenItWasMadeAndByWhom() {
        var run = run("{'token':'a1','created_at':'2024-09-02T07:38:43.722Z','completed_at':null,"
                + "'_links':{'executed_by':{'href':'/api/ann'}}}");

        assertThat(run.createdAt()).contains(Instant.parse("2024-09-02T07:38:43.722Z"));
        assertThat(run.completedAt()).isEmpty();
        assertThat(run.executedBy()).contains("/api/ann");
        assertThat(run.datasetTokens()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"['d2','d1']", "[{'token':'d1'},{'token':'d2'},{'token':'d1'},{'token':'../d3'},7]"})
    void shouldReadWhichDatasetsItNamesWhereItShowsThat(String tokens) {
        var run = run("{'token':'a1','dataset_tokens':" + tokens + "}");

        assertThat(run.datasetTokens())
                .hasValueSatisfying(named -> assertThat(named).containsExactly("d1", "d2"));
    }

    private static void assertOpen(ReportRun run) {
        assertThat(run.hasSucceeded()).isFalse();
        assertThat(run.hasFailed()).isFalse();
        assertThat(run.wasCancelled()).isFalse();
    }

    private static ReportRun run(String text) {
        return ReportRun.of(LenientJson.object(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .orElseThrow());
    }
}
