package io.freshet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.catalog.Usages;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.Refresh;
import io.freshet.event.ReportKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final Instant NOW = Instant.parse("2026-08-01T00:00:00Z");
    private static final ChangeRefs CAUSES = ChangeRefs.of(new ChangeRef("/etl", "1", NOW, null));

    @Test
    void shouldPlanOneRefreshPerReportWithAllItsDatasets() {
        var refreshes = plan(Map.of("d1", Set.of("r1", "r2"), "d2", Set.of("r2", "r3"), "d3", Set.of("r2")));

        assertThat(refreshes)
                .containsExactly(refresh("r1", "d1"), refresh("r2", "d1", "d2", "d3"), refresh("r3", "d2"));
    }

    @Test
    void shouldPlanInTheOrderOfTheReportsTokens() {
        var refreshes = plan(Map.of("d1", Set.of("r9", "r1"), "d0", Set.of("r5", "A")));

        assertThat(refreshes)
                .extracting(refresh -> refresh.report().reportToken())
                .containsExactly("A", "r1", "r5", "r9");
    }

    @Test
    void shouldPlanNothingForDatasetsThatNobodyUses() {
        assertThat(plan(Map.of("d1", Set.of(), "d2", Set.of()))).isEmpty();
        assertThat(plan(Map.of())).isEmpty();
    }

    @Test
    void shouldPlanNothingForDatasetsThatModeDoesNotKnow() {
        var usages = new Usages(new TreeMap<>(), Map.of(), sorted(Set.of("gone")));

        assertThat(Planner.plan("acme", usages, CAUSES, false, NOW)).isEmpty();
    }

    @Test
    void shouldExpectARunToTakeAsLongAsTheLongestOfItsDatasets() {
        var runtimes = Map.of("d1", Duration.ofSeconds(40), "d2", Duration.ofSeconds(5));

        var refreshes = plan(Map.of("d1", Set.of("r1"), "d2", Set.of("r1", "r2"), "d3", Set.of("r3")), runtimes);

        assertThat(refreshes)
                .extracting(Refresh::expectedRuntime)
                .containsExactly(
                        Optional.of(Duration.ofSeconds(40)), Optional.of(Duration.ofSeconds(5)), Optional.empty());
    }

    @Test
    void shouldSayWhatWasNotSaidBefore() {
        var said = plan(Map.of("d1", Set.of("r1", "r2", "gone")));
        var all = plan(Map.of("d1", Set.of("r1", "r2", "r3"), "d2", Set.of("r2")));

        assertThat(Planner.rest(all, said)).containsExactly(refresh("r2", "d1", "d2"), refresh("r3", "d1"));
        assertThat(Planner.rest(all, all)).isEmpty();
        assertThat(Planner.rest(all, List.of())).isEqualTo(all);
    }

    private static List<Refresh> plan(Map<String, Set<String>> reportsByDataset) {
        return plan(reportsByDataset, Map.of());
    }

    private static List<Refresh> plan(Map<String, Set<String>> reportsByDataset, Map<String, Duration> runtimes) {
        var sorted = new TreeMap<String, SortedSet<String>>();
        reportsByDataset.forEach((dataset, reports) -> sorted.put(dataset, sorted(reports)));
        return Planner.plan("acme", new Usages(sorted, runtimes, sorted(Set.of())), CAUSES, false, NOW);
    }

    private static Refresh refresh(String report, String... datasets) {
        return new Refresh(new ReportKey("acme", report), sorted(Set.of(datasets)), CAUSES, NOW);
    }

    private static SortedSet<String> sorted(Set<String> tokens) {
        return new TreeSet<>(tokens);
    }
}
