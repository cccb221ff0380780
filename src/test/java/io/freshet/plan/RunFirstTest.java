package io.freshet.plan;

import static io.freshet.plan.DatasetDecision.ALREADY_FRESH;
import static io.freshet.plan.DatasetDecision.RUN_FIRST;
import static io.freshet.plan.DatasetDecision.RUN_REFUSED;
import static io.freshet.plan.DatasetDecision.WITH_REPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.catalog.DatasetRow;
import io.freshet.event.Target;
import io.freshet.workspace.DatasetsFirst;
import io.freshet.workspace.DatasetsFirst.Rule;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFirstTest {

    private static final Instant KNOWN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Target SOURCE = new Target.DataSource("5a1d");
    private static final Target SPACE = new Target.Space("50ace");
    private static final Target DATASETS = new Target.Datasets(new TreeSet<>(List.of("d1")));
    private static final Target REPORT = new Target.Report("r1", Collections.emptySortedSet());

    private static DatasetDecision decide(
            DatasetsFirst settings, Target target, DatasetRow row, Set<String> learnt, Set<String> refused) {
        return new RunFirst(
                        account -> settings,
                        (account, subject) -> account.equals("acme") && learnt.contains(subject.text()),
                        (account, dataset) -> account.equals("acme") && refused.contains(dataset))
                .of("acme", target, KNOWN)
                .decide("d1", row);
    }

    private static DatasetsFirst all(Rule rule) {
        return new DatasetsFirst(rule, Map.of());
    }

    private static DatasetDecision always(DatasetRow row) {
        return decide(all(Rule.ALWAYS), SOURCE, row, Set.of(), Set.of());
    }

    private static DatasetRow row(@Nullable Integer began, @Nullable Integer succeeded) {
        return new DatasetRow(
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(began).map(KNOWN::plusSeconds),
                Optional.ofNullable(succeeded).map(KNOWN::plusSeconds));
    }

    private static DatasetRow on(String dataSource) {
        return new DatasetRow(Optional.of(dataSource), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void shouldDoAsIsSet() {
        assertThat(always(DatasetRow.UNKNOWN)).isEqualTo(RUN_FIRST);
        assertThat(decide(all(Rule.NEVER), SOURCE, row(9, 10), Set.of("data_source:5a1d"), Set.of()))
                .isEqualTo(WITH_REPORTS);
        assertThat(decide(all(Rule.AUTO), SOURCE, DatasetRow.UNKNOWN, Set.of(), Set.of()))
                .isEqualTo(WITH_REPORTS);
    }

    @Test
    void shouldDoAsIsSetForTheDataSource() {
        var settings = new DatasetsFirst(Rule.NEVER, Map.of("5a1d", Rule.ALWAYS));

        assertThat(decide(settings, SOURCE, DatasetRow.UNKNOWN, Set.of(), Set.of()))
                .isEqualTo(RUN_FIRST);
        assertThat(decide(settings, SPACE, on("5a1d"), Set.of(), Set.of())).isEqualTo(RUN_FIRST);
        assertThat(decide(settings, SPACE, on("other"), Set.of(), Set.of())).isEqualTo(WITH_REPORTS);
        assertThat(decide(settings, DATASETS, DatasetRow.UNKNOWN, Set.of(), Set.of()))
                .isEqualTo(WITH_REPORTS);
    }

    @Test
    void shouldGoByWhatWasLearntOfTheDataSourceOrElseOfTheTarget() {
        assertThat(decide(all(Rule.AUTO), SOURCE, DatasetRow.UNKNOWN, Set.of("data_source:5a1d"), Set.of()))
                .isEqualTo(RUN_FIRST);
        assertThat(decide(all(Rule.AUTO), SPACE, on("5a1d"), Set.of("data_source:5a1d"), Set.of()))
                .isEqualTo(RUN_FIRST);
        assertThat(decide(all(Rule.AUTO), SPACE, on("5a1d"), Set.of("space:50ace"), Set.of()))
                .as("Mode says the data source")
                .isEqualTo(WITH_REPORTS);
        assertThat(decide(all(Rule.AUTO), SPACE, DatasetRow.UNKNOWN, Set.of("space:50ace"), Set.of()))
                .isEqualTo(RUN_FIRST);
        assertThat(decide(all(Rule.AUTO), DATASETS, DatasetRow.UNKNOWN, Set.of("dataset:d1"), Set.of()))
                .isEqualTo(RUN_FIRST);
        assertThat(decide(all(Rule.AUTO), REPORT, DatasetRow.UNKNOWN, Set.of("dataset:d1"), Set.of()))
                .isEqualTo(RUN_FIRST);
        assertThat(decide(all(Rule.AUTO), REPORT, DatasetRow.UNKNOWN, Set.of("dataset:d2"), Set.of()))
                .isEqualTo(WITH_REPORTS);
    }

    /** Seconds after the change was known at the latest: when the last run began, and when the last good one ended. */
    @ParameterizedTest
    @CsvSource({
        "1, 5, true",
        "0, 5, false",
        "-1, 5, false",
        "5, 4, false",
        "5, 5, true",
        "1, , false",
        ", 5, false",
        ", , false"
    })
    void shouldNotRunWhatWasRunWellSinceTheChange(
            @Nullable Integer began, @Nullable Integer succeeded, boolean isFresh) {
        assertThat(always(row(began, succeeded))).isEqualTo(isFresh ? ALREADY_FRESH : RUN_FIRST);
    }

    @Test
    void shouldNotTryWhatModeRefusesToRun() {
        assertThat(decide(all(Rule.ALWAYS), SOURCE, row(null, null), Set.of(), Set.of("d1")))
                .isEqualTo(RUN_REFUSED);
        assertThat(decide(all(Rule.ALWAYS), SOURCE, row(1, 2), Set.of(), Set.of("d1")))
                .isEqualTo(ALREADY_FRESH);
        assertThat(decide(all(Rule.NEVER), SOURCE, row(1, 2), Set.of(), Set.of("d1")))
                .isEqualTo(WITH_REPORTS);
    }
}
