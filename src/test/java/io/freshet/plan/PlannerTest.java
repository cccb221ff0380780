package io.freshet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.catalog.DatasetRow;
import io.freshet.catalog.Usages;
import io.freshet.event.ChangeRefs;
import io.freshet.event.LeftOut;
import io.freshet.event.ReportKey;
import io.freshet.state.RefreshRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final RunFirst.OfBatch REPORTS_ONLY = (dataset, row) -> DatasetDecision.WITH_REPORTS;
    private static final Instant NOW = Instant.parse("2026-08-01T00:00:00Z");

    @Test
    void shouldPlanOneRefreshPerReportWithAllItsDatasets() {
        var requests = plan(Map.of("d1", Set.of("r1", "r2"), "d2", Set.of("r2", "r3"), "d3", Set.of("r2")));

        assertThat(requests)
                .containsExactly(
                        Map.entry(report("r1"), request("d1")),
                        Map.entry(report("r2"), request("d1", "d2", "d3")),
                        Map.entry(report("r3"), request("d2")));
    }

    @Test
    void shouldPlanInTheOrderOfTheReportsTokens() {
        var requests = plan(Map.of("d1", Set.of("r9", "r1"), "d0", Set.of("r5", "A")));

        assertThat(requests).containsOnlyKeys(report("A"), report("r1"), report("r5"), report("r9"));
        assertThat(requests.keySet()).extracting(ReportKey::reportToken).isSorted();
    }

    @Test
    void shouldPlanNothingForDatasetsThatNobodyUses() {
        assertThat(plan(Map.of("d1", Set.of(), "d2", Set.of()))).isEmpty();
        assertThat(plan(Map.of())).isEmpty();
    }

    @Test
    void shouldPlanNothingForDatasetsThatModeDoesNotKnow() {
        var usages = new Usages(new TreeMap<>(), Map.of(), List.of(), sorted(Set.of("gone")), Map.of(), Map.of());

        assertThat(Planner.plan("acme", usages, REPORTS_ONLY, false, NOW).requests())
                .isEmpty();
    }

    @Test
    void shouldPlanNothingForWhatIsLeftOut() {
        var leftOut = List.of(LeftOut.report("r1", "archived"), LeftOut.dataset("d2", "archived"));
        var usages = new Usages(new TreeMap<>(), Map.of(), leftOut, sorted(Set.of()), Map.of(), Map.of());

        assertThat(Planner.plan("acme", usages, REPORTS_ONLY, false, NOW).requests())
                .isEmpty();
    }

    @Test
    void shouldExpectARunToTakeAsLongAsTheLongestOfItsDatasets() {
        var runtimes = Map.of("d1", Duration.ofSeconds(40), "d2", Duration.ofSeconds(5));

        var requests = plan(Map.of("d1", Set.of("r1"), "d2", Set.of("r1", "r2"), "d3", Set.of("r3")), runtimes, false);

        assertThat(requests.values())
                .extracting(RefreshRequest::expectedRuntime)
                .containsExactly(
                        Optional.of(Duration.ofSeconds(40)), Optional.of(Duration.ofSeconds(5)), Optional.empty());
    }

    @Test
    void shouldLetOthersGoFirstOnlyInABackfill() {
        var usages = Map.of("d1", Set.of("r1"));

        assertThat(plan(usages, Map.of(), true).values())
                .allMatch(RefreshRequest::backfill)
                .hasSize(1);
        assertThat(plan(usages, Map.of(), false).values())
                .noneMatch(RefreshRequest::backfill)
                .hasSize(1);
    }

    private static Map<ReportKey, RefreshRequest> plan(Map<String, Set<String>> reportsByDataset) {
        return plan(reportsByDataset, Map.of(), false);
    }

    private static Map<ReportKey, RefreshRequest> plan(
            Map<String, Set<String>> reportsByDataset, Map<String, Duration> runtimes, boolean backfill) {
        return Planner.plan("acme", usages(reportsByDataset, runtimes), REPORTS_ONLY, backfill, NOW)
                .requests();
    }

    private static Usages usages(Map<String, Set<String>> reportsByDataset, Map<String, Duration> runtimes) {
        var sorted = new TreeMap<String, SortedSet<String>>();
        reportsByDataset.forEach((dataset, reports) -> sorted.put(dataset, sorted(reports)));
        var rows = new HashMap<String, DatasetRow>();
        runtimes.forEach((dataset, runtime) -> rows.put(
                dataset, new DatasetRow(Optional.empty(), Optional.of(runtime), Optional.empty(), Optional.empty())));
        return new Usages(sorted, rows, List.of(), sorted(Set.of()), Map.of(), Map.of());
    }

    /** Datasets are run first, unless their token says what else. */
    private static RefreshPlan planFirst(Map<String, Set<String>> reportsByDataset, Map<String, Duration> runtimes) {
        RunFirst.OfBatch byToken = (dataset, row) -> Arrays.stream(DatasetDecision.values())
                .filter(decision -> dataset.startsWith(decision.word().replace("_", "")))
                .findFirst()
                .orElse(DatasetDecision.RUN_FIRST);
        return Planner.plan("acme", usages(reportsByDataset, runtimes), byToken, false, NOW);
    }

    @Test
    void shouldRunEachDatasetOnceAndLetItsReportsWaitForIt() {
        var plan = planFirst(
                Map.of("d1", Set.of("r1", "r2"), "d2", Set.of("r2"), "withreports", Set.of("r2", "r3")), Map.of());

        assertThat(plan.requests().keySet())
                .as("datasets come first")
                .containsExactly(
                        ReportKey.dataset("acme", "d1"),
                        ReportKey.dataset("acme", "d2"),
                        report("r1"),
                        report("r2"),
                        report("r3"));
        assertThat(plan.requests().get(ReportKey.dataset("acme", "d1"))).isEqualTo(request("d1"));
        assertThat(plan.requests().get(report("r2"))).isEqualTo(request("d1", "d2", "withreports"));
        assertThat(plan.awaits())
                .containsOnly(
                        Map.entry(report("r1"), sorted(Set.of("d1"))),
                        Map.entry(report("r2"), sorted(Set.of("d1", "d2"))));
        assertThat(plan.leftOut()).isEmpty();
        assertThat(plan.datasetsFirst()).isEqualTo(2);
        assertThat(plan.reports()).isEqualTo(3);
    }

    @Test
    void shouldSayWhyADatasetThatWouldGoFirstIsNotRun() {
        var plan = planFirst(Map.of("alreadyfresh", Set.of("r1"), "runrefused", Set.of("r1")), Map.of());

        assertThat(plan.requests()).containsExactly(Map.entry(report("r1"), request("alreadyfresh", "runrefused")));
        assertThat(plan.awaits()).isEmpty();
        assertThat(plan.leftOut())
                .containsExactly(
                        LeftOut.dataset("alreadyfresh", "already_fresh"), LeftOut.dataset("runrefused", "run_refused"));
    }

    @Test
    void shouldNotRunADatasetThatNoReportImports() {
        var plan = planFirst(Map.of("d1", Set.of()), Map.of());

        assertThat(plan.requests()).isEmpty();
        assertThat(plan.datasets()).containsExactly(Map.entry("d1", DatasetDecision.NO_REPORTS));
    }

    @Test
    void shouldRunADatasetThatIsAskedForByItself() {
        var usages = usages(Map.of("d1", Set.of("d1")), Map.of("d1", Duration.ofSeconds(40)));

        var plan = Planner.plan("acme", usages, REPORTS_ONLY, false, NOW);

        assertThat(plan.requests()).containsOnlyKeys(ReportKey.dataset("acme", "d1"));
        assertThat(plan.requests().values())
                .extracting(RefreshRequest::expectedRuntime)
                .containsExactly(Optional.of(Duration.ofSeconds(40)));
        assertThat(plan.awaits()).as("itself least of all").isEmpty();
        assertThat(plan.leftOut()).isEmpty();
    }

    @Test
    void shouldExpectOfADatasetWhatModeSaysAndOfTheReportAfterItNothing() {
        var plan = planFirst(
                Map.of("d1", Set.of("r1"), "withreports", Set.of("r2")),
                Map.of("d1", Duration.ofSeconds(40), "withreports", Duration.ofSeconds(50)));

        assertThat(plan.requests().values())
                .extracting(RefreshRequest::expectedRuntime)
                .containsExactly(
                        Optional.of(Duration.ofSeconds(40)), Optional.empty(), Optional.of(Duration.ofSeconds(50)));
    }

    private static ReportKey report(String token) {
        return new ReportKey("acme", token);
    }

    private static RefreshRequest request(String... datasets) {
        return new RefreshRequest(sorted(Set.of(datasets)), ChangeRefs.none(), NOW);
    }

    private static SortedSet<String> sorted(Set<String> tokens) {
        return new TreeSet<>(tokens);
    }
}
