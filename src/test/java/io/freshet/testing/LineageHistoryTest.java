package io.freshet.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the judge of OpenLineage's events finds, and what it doesn't. */
class LineageHistoryTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant AT = Instant.parse("2026-01-31T06:00:00Z");

    private final List<Event> accepted = new ArrayList<>();
    private final List<Event> finished = new ArrayList<>();
    private final List<Event> rejected = new ArrayList<>();
    private final List<Event> lineage = new ArrayList<>();

    private static Event event(String id, ObjectNode data) {
        return new Event("key", id, "type", data, AT);
    }

    private static ObjectNode run(String run) {
        return JSON.createObjectNode()
                .put("account", "acme")
                .put("kind", "report")
                .put("report_token", "r1")
                .put("run_token", run);
    }

    private void told(String type, String what) {
        var data = JSON.createObjectNode().put("eventType", type);
        data.putObject("run")
                .put(
                        "runId",
                        UUID.nameUUIDFromBytes(("acme/reports/r1/" + what).getBytes(UTF_8))
                                .toString());
        data.putObject("job").put("name", "reports.r1");
        lineage.add(event("", data));
    }

    /** A run that succeeded, one that failed, one that timed out, one that is open, and a rejection. */
    private void aGoodHistory() {
        Map.of("a", "succeeded", "b", "failed", "c", "timed_out").forEach((run, outcome) -> {
            accepted.add(event(run, run(run)));
            finished.add(event(run, run(run).put("outcome", outcome)));
        });
        accepted.add(event("d", run("d")));
        rejected.add(event("no", run("")));
        List.of("a", "b", "c", "d").forEach(run -> told("START", "runs/" + run));
        told("COMPLETE", "runs/a");
        told("FAIL", "runs/b");
        told("ABORT", "runs/c");
        told("START", "rejections/no");
        told("FAIL", "rejections/no");
    }

    private List<Broken> broken(Optional<List<Event>> told) {
        return LineageTold.broken(new History(
                List.of(),
                List.of(),
                new Events(List.of(), List.of(), accepted, finished, rejected, told),
                new Memory(List.of(), List.of(), List.of()),
                new InMode(List.of(), List.of(), List.of(), Map.of())));
    }

    private List<Broken> broken() {
        return broken(Optional.of(lineage));
    }

    @Test
    void shouldFindNothingInAGoodHistory() {
        aGoodHistory();

        assertThat(broken()).isEmpty();
    }

    @Test
    void shouldWantNothingWhereItIsToldNowhere() {
        aGoodHistory();

        assertThat(broken(Optional.empty())).isEmpty();
        assertThat(broken(Optional.of(List.of()))).hasSize(9).noneMatch(Broken::isForGood);
    }

    @Test
    void shouldWaitForAnEndThatMayStillCome() {
        aGoodHistory();
        lineage.remove(4);

        assertThat(broken()).singleElement().satisfies(one -> {
            assertThat(one.what()).endsWith("of reports.r1 has 0 COMPLETE");
            assertThat(one.isForGood()).isFalse();
        });
    }

    @Test
    void shouldFindABeginningThatIsToldTwice() {
        aGoodHistory();
        told("START", "runs/d");

        assertThat(broken()).singleElement().satisfies(one -> {
            assertThat(one.what()).endsWith("of reports.r1 has 2 START");
            assertThat(one.isForGood()).isTrue();
        });
    }

    @Test
    void shouldFindAnotherEnd() {
        aGoodHistory();
        told("COMPLETE", "runs/b");

        assertThat(broken()).singleElement().satisfies(one -> assertThat(one.what())
                .endsWith("has COMPLETE, and no such event"));
    }

    @Test
    void shouldFindAnotherRun() {
        aGoodHistory();
        told("START", "runs/e");

        assertThat(broken()).singleElement().satisfies(one -> assertThat(one.what())
                .endsWith("is told and nowhere else"));
    }

    @Test
    void shouldFindAnotherJob() {
        aGoodHistory();
        ((ObjectNode) lineage.get(0).data().path("job")).put("name", "reports.r2");

        assertThat(broken()).singleElement().satisfies(one -> assertThat(one.what())
                .endsWith("is of \"reports.r2\""));
    }
}
