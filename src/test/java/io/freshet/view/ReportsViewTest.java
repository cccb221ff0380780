package io.freshet.view;

import static io.freshet.view.Records.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Outcome;
import io.freshet.event.Presentations;
import io.freshet.event.ReportKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Where reports stand, as the records say. */
@Execution(ExecutionMode.CONCURRENT)
class ReportsViewTest {

    private final Records records = new Records();

    private ReportStatus report(String token) {
        return records.view.report(new ReportKey("acme", token)).orElseThrow();
    }

    private static List<String> tokens(ReportList list) {
        return list.reports().stream()
                .map(one -> one.report().account() + "/" + one.report().reportToken())
                .toList();
    }

    private static Instant millis(Instant time) {
        return Instant.ofEpochMilli(time.toEpochMilli());
    }

    @Test
    void shouldSayWhatIsUnderWayAndWhatComesNext() {
        records.planned(7, 0, "load-1", "load-2");
        records.planned(8, 0, "load-3");
        records.waiting("r1", "7,8", "");
        records.posting("r2", "7");
        records.running("r3", "8", "7");
        records.atRest("r4", "'last_run':'ba9876543210','last_outcome':'rejected'");

        assertThat(report("r1"))
                .isEqualTo(new ReportStatus(
                        new ReportKey("acme", "r1"),
                        Optional.empty(),
                        Stage.WAITING,
                        millis(NOON),
                        Optional.of(NextStep.POST),
                        Optional.of(millis(NOON.plusSeconds(1))),
                        2,
                        3,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(report("r2").nextStep()).contains(NextStep.RECONCILE);
        assertThat(report("r2").since()).isEqualTo(millis(NOON.plusSeconds(1)));
        assertThat(report("r3").nextStep()).contains(NextStep.ASK);
        assertThat(report("r3").runToken()).contains("0123456789ab");
        assertThat(report("r3").lastOutcome()).contains(Outcome.FAILED);
        assertThat(report("r3").changes()).isEqualTo(1);
        assertThat(report("r3").followUpChanges()).isEqualTo(2);
        assertThat(report("r4").stage()).isEqualTo(Stage.SETTLED);
        assertThat(report("r4").nextStep()).isEmpty();
        assertThat(report("r4").runToken()).contains("ba9876543210");
        assertThat(report("r4").lastOutcome()).contains(Outcome.REJECTED);
        assertThat(records.view.report(new ReportKey("globex", "r1"))).isEmpty();
    }

    private static final String PART =
            "'awaiting':[{'request':{'dataset_tokens':['d1','d2'],'batches':[8],'requested_at':'%s'},'datasets':['d1']}]";

    @Test
    void shouldShowWhatWaitsForDatasetsAsWaiting() {
        records.planned(7, 0, "load-1", "load-2");
        records.planned(8, 0, "load-3");
        records.read(
                "acme/reports/r1",
                ("'state':'settled','since':'%s','history':{" + PART + "}").formatted(NOON, NOON.plusSeconds(9)));

        assertThat(report("r1").stage()).isEqualTo(Stage.WAITING);
        assertThat(report("r1").since()).isEqualTo(millis(NOON.plusSeconds(9)));
        assertThat(report("r1").nextStep()).contains(NextStep.AWAIT_DATASETS);
        assertThat(report("r1").datasets()).isEqualTo(2);
        assertThat(report("r1").changes()).isEqualTo(1);
        assertThat(records.view.census().reports(Stage.WAITING)).isEqualTo(1);
        assertThat(records.view.census().waitingSince())
                .as("nobody waits for its turn")
                .isEmpty();
        assertThat(records.change("load-3").orElseThrow().runs().open()).isEqualTo(1);

        records.read(
                "acme/reports/r1",
                ("'state':'waiting','request':{'dataset_tokens':['d1'],'batches':[7],'requested_at':'%s'},'not_before':'%s','attempts':{'count':0},'history':{"
                                + PART + "}")
                        .formatted(NOON, NOON, NOON.plusSeconds(9)));
        assertThat(report("r1").nextStep()).contains(NextStep.POST);
        assertThat(report("r1").changes()).isEqualTo(2);
        assertThat(report("r1").followUpChanges()).isEqualTo(1);
        assertThat(records.view.census().waitingSince()).contains(millis(NOON));
    }

    @Test
    void shouldCountTheReportsOfAllWorkspaces() {
        records.waiting("r1", "7", "");
        records.posting("r1", "7");
        records.waiting("r2", "7", "");
        records.atRest("r3", "");
        records.gone("acme/reports/r3");
        records.read("globex/reports/r1", "'state':'settled','since':'%s','history':{}".formatted(NOON));

        var census = records.view.census();

        assertThat(List.of(Stage.values()).stream().map(census::reports)).containsExactly(1, 1, 0, 1);
        assertThat(census.waitingSince()).contains(millis(NOON));
        records.gone("acme/reports/r2");
        assertThat(records.view.census().waitingSince()).isEmpty();
    }

    @Test
    void shouldTellDatasetsThatAreRunByThemselvesFromReports() {
        records.waiting("r1", "7", "");
        records.read("acme/datasets/d1", "'state':'settled','since':'%s','history':{}".formatted(NOON));
        records.read("acme/datasets/r1", "'state':'settled','since':'%s','history':{}".formatted(NOON));

        var census = records.view.census();
        assertThat(List.of(Stage.values()).stream().map(census::reports)).containsExactly(1, 0, 0, 0);
        assertThat(List.of(Stage.values()).stream().map(census::datasets)).containsExactly(0, 0, 0, 2);
        var seen = new ArrayList<ReportKey>();
        var page = page(1, Optional.empty());
        while (page.next().isPresent()) {
            seen.add(page.reports().get(0).report());
            page = page(1, page.next());
        }
        seen.add(page.reports().get(0).report());
        assertThat(seen)
                .containsExactly(
                        ReportKey.dataset("acme", "d1"), new ReportKey("acme", "r1"), ReportKey.dataset("acme", "r1"));
        records.gone("acme/datasets/d1");
        assertThat(records.view.report(ReportKey.dataset("acme", "d1"))).isEmpty();
        assertThat(records.view.report(ReportKey.dataset("acme", "r1"))).isPresent();
    }

    @Test
    void shouldListPageByPageInAnOrderThatStays() {
        for (var token : List.of("r3", "r1", "r5", "r2", "r4")) {
            records.atRest(token, "");
        }
        records.read("globex/reports/r0", "'state':'settled','since':'%s','history':{}".formatted(NOON));

        var first = page(2, Optional.empty());
        assertThat(tokens(first)).containsExactly("acme/r1", "acme/r2");
        assertThat(first.count()).isEqualTo(6);
        records.running("r1", "7", "");
        var second = page(2, first.next());
        assertThat(tokens(second)).containsExactly("acme/r3", "acme/r4");
        var third = page(2, second.next());
        assertThat(tokens(third)).containsExactly("acme/r5", "globex/r0");
        assertThat(third.next()).isEmpty();
        assertThat(third.count()).isEqualTo(6);
    }

    private ReportList page(int limit, Optional<ReportPlace> after) {
        return records.reports(Asked.ALL.byName(limit, after));
    }

    @Test
    void shouldListThoseThatAreWanted() {
        records.atRest("abc1", "");
        records.atRest("def2", "");
        records.running("ABC3", "7", "");
        records.read("globex/reports/abc4", "'state':'settled','since':'%s','history':{}".formatted(NOON));

        assertThat(tokens(Asked.ALL.in("acme"))).hasSize(3);
        assertThat(tokens(Asked.ALL.at(Stage.RUNNING))).containsExactly("acme/ABC3");
        assertThat(tokens(Asked.ALL.named("Bc"))).containsExactly("acme/ABC3", "acme/abc1", "globex/abc4");
        assertThat(tokens(Asked.ALL.in("acme").at(Stage.SETTLED).named("abc"))).containsExactly("acme/abc1");
        assertThat(records.reports(Asked.ALL.in("initech").byName()).count()).isZero();
        assertThat(tokens(Asked.ALL)).hasSize(4);
    }

    private List<String> tokens(Asked asked) {
        return tokens(records.reports(asked.byName()));
    }

    @Test
    void shouldListThoseThatEndedSoLast() {
        records.atRest("r1", "'last_outcome':'succeeded'");
        records.atRest("r2", "'last_outcome':'failed','name':'Sales'");
        records.atRest("r3", "'last_outcome':'rejected'");
        records.atRest("r4", "");
        records.running("r5", "7", ""); // again, after it has failed

        assertThat(tokens(Asked.ALL.ended(Outcome.FAILED))).containsExactly("acme/r2", "acme/r5");
        assertThat(tokens(Asked.ALL.ended(Outcome.REJECTED, Outcome.SUCCEEDED))).containsExactly("acme/r1", "acme/r3");
        assertThat(tokens(Asked.ALL.ended(Outcome.FAILED).at(Stage.SETTLED))).containsExactly("acme/r2");
        assertThat(tokens(Asked.ALL.ended(Outcome.CANCELLED))).isEmpty();
    }

    @Test
    void shouldListTheOldestFirstIfAskedToAndWhatSettledLastAfterThem() {
        records.running("r1", "7", "");
        records.waiting("r2", "7", "");
        records.read("acme/reports/r3", "'state':'settled','since':'%s','history':{}".formatted(NOON));
        records.read("acme/reports/r4", "'state':'settled','since':'%s','history':{}".formatted(NOON.plusSeconds(9)));

        var list = records.reports(Asked.ALL.byAge(3, Optional.empty()));

        assertThat(tokens(list)).containsExactly("acme/r2", "acme/r1", "acme/r4");
        assertThat(list.count()).isEqualTo(4);
        assertThat(tokens(records.reports(Asked.ALL.byAge(3, list.next())))).containsExactly("acme/r3");
    }

    @Test
    void shouldGoOnByAgeFromWhereItWasThoughReportsMove() {
        for (var n = 1; n <= 3; n++) {
            waiting("r" + n, n);
            records.read(
                    "acme/reports/s" + n,
                    "'state':'settled','since':'%s','history':{}".formatted(NOON.minusSeconds(n)));
        }

        var first = records.reports(Asked.ALL.byAge(2, Optional.empty()));
        assertThat(tokens(first)).containsExactly("acme/r1", "acme/r2");
        records.atRest("r2", ""); // which settles last, and was seen
        waiting("r4", 4);
        var second = records.reports(Asked.ALL.byAge(3, first.next()));
        assertThat(tokens(second)).containsExactly("acme/r3", "acme/r4", "acme/r2");
        var third = records.reports(Asked.ALL.byAge(3, second.next()));
        assertThat(tokens(third)).containsExactly("acme/s1", "acme/s2", "acme/s3");
        assertThat(third.next()).isEmpty();
        assertThat(third.count()).isEqualTo(7);
    }

    private void waiting(String token, int second) {
        records.read(
                "acme/reports/" + token,
                "'state':'waiting','request':{'dataset_tokens':[],'batches':[],'requested_at':'%1$s'},'not_before':'%1$s','attempts':{'count':0},'history':{}"
                        .formatted(NOON.plusSeconds(second)));
    }

    @Test
    void shouldFindAReportByItsNameUnlessPeopleDoNotWantThat() {
        var named = "'state':'settled','since':'%s','history':{'name':'Sales, daily'}".formatted(NOON);
        var nameless = new StateView(Presentations.WITHOUT_NAMES);
        records.read("acme/reports/r1", named);
        records.read("acme/reports/r2", "'state':'settled','since':'%s','history':{}".formatted(NOON));
        nameless.apply("acme/reports/r1".getBytes(UTF_8), Records.json("{'v':1,'min_reader':1," + named + "}"));
        var byName = Asked.ALL.named("SALES").byName();

        assertThat(tokens(records.reports(byName))).containsExactly("acme/r1");
        assertThat(records.reports(byName).reports().get(0).name()).contains("Sales, daily");
        assertThat(nameless.reports(byName, Map.of()).count()).isZero();
        assertThat(nameless.report(new ReportKey("acme", "r1")).orElseThrow().name())
                .isEmpty();
    }

    /** Beside these bytes there is the token and its entry in the map: about a hundred more. */
    @Test
    void shouldHoldAReportInFewBytes() {
        var state = new TargetState(
                Stage.RUNNING,
                NOON.toEpochMilli(),
                Optional.of(new TargetState.Next(NextStep.ASK, NOON.toEpochMilli() + 2_000)),
                12,
                List.of(1_000_000L, 1_000_001L),
                List.of(1_000_007L),
                List.of(new TargetState.OutcomeOf(999_999L, Outcome.CANCELLED)),
                Optional.of("0123456789ab"),
                Optional.of(Outcome.TIMED_OUT),
                Optional.of("Sales, daily"));

        var packed = PackedTarget.pack(state);

        assertThat(packed.length).isLessThanOrEqualTo(48 + "Sales, daily".length());
        assertThat(PackedTarget.unpack(packed)).isEqualTo(state);
    }

    @Test
    void shouldPackAnyNumbers() {
        var state = new TargetState(
                Stage.WAITING,
                -5,
                Optional.of(new TargetState.Next(NextStep.BACKFILL, Long.MAX_VALUE)),
                Integer.MAX_VALUE,
                LongStream.of(Long.MAX_VALUE, 0, 1, 63, 64, 127, 128, 16_384)
                        .boxed()
                        .toList(),
                LongStream.range(0, 1_000).boxed().toList(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("数据 😀 Ø"));

        assertThat(PackedTarget.unpack(PackedTarget.pack(state))).isEqualTo(state);
        assertThat(PackedTarget.stage(PackedTarget.pack(state))).isEqualTo(Stage.WAITING);
        assertThat(PackedTarget.since(PackedTarget.pack(state))).isEqualTo(-5);
    }
}
