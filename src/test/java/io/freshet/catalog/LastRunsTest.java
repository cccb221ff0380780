package io.freshet.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Target;
import io.freshet.mode.Dataset;
import io.freshet.mode.ModesOf;
import io.freshet.sandbox.LastRunsTold;
import io.freshet.sandbox.Sandbox;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.sandbox.SandboxSettings.RateCounting;
import io.freshet.testing.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** When datasets were last run, and at what price. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@SuppressWarnings("NullAway.Init")
class LastRunsTest {

    private record Kept(Duration ttl, long size) implements CatalogConfig {}

    private static final int MANY = 20;

    private final SettableClock clock = new SettableClock();
    private final SortedSet<String> datasets = new TreeSet<>();
    private Sandbox sandbox;
    private LastRuns lastRuns;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxSettings.defaults().withCounting(RateCounting.UNLIMITED));
        var workspace = sandbox.workspace();
        workspace.addDataSource("warehouse", "Warehouse");
        workspace.addSpace("sales", "Sales");
        IntStream.range(0, MANY).mapToObj("dataset%02d"::formatted).forEach(dataset -> {
            workspace.addDataset(dataset, dataset, "warehouse", "sales");
            workspace.datasetRuns().ranBefore(dataset, Duration.ofHours(1));
            datasets.add(dataset);
        });
        lastRuns = new LastRuns(
                ModesOf.sandbox(sandbox, new SimpleMeterRegistry()),
                new Kept(Duration.ofMinutes(1), 100),
                clock,
                Infrastructure.getDefaultWorkerPool());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Map<String, Dataset> read(Target target, Collection<String> wanted) {
        return lastRuns.of("acme", target, new TreeSet<>(wanted), clock.instant())
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private Map<String, Dataset> ofDataSource() {
        return read(new Target.DataSource("warehouse"), datasets);
    }

    private void assertCalls(int calls) {
        assertThat(sandbox.calls().all()).hasSize(calls);
    }

    @Test
    void shouldReadTheListingOfADataSourceWithOneCall() {
        var rows = ofDataSource();

        assertThat(rows).containsOnlyKeys(datasets);
        assertThat(rows.values())
                .allSatisfy(row -> assertThat(row.lastRunAt()).isPresent())
                .allSatisfy(row -> assertThat(row.lastSuccessfullyRunAt()).isPresent())
                .allSatisfy(row -> assertThat(row.dataSource()).contains("warehouse"));
        assertCalls(1);
    }

    @Test
    void shouldReadTheListingOfACollectionWithOneCall() {
        assertThat(read(new Target.Space("sales"), datasets)).containsOnlyKeys(datasets);
        assertCalls(1);
    }

    @Test
    void shouldReadNamedDatasetsByTheirCollection() {
        assertThat(read(new Target.Datasets(datasets), datasets)).containsOnlyKeys(datasets);
        assertCalls(2);
    }

    @Test
    void shouldAskForOneNamedDatasetAlone() {
        assertThat(read(new Target.Report("daily", new TreeSet<>()), List.of("dataset07")))
                .containsOnlyKeys("dataset07");
        assertCalls(1);
    }

    @Test
    void shouldShareTheCallWithWhoAsksTheSame() {
        ofDataSource();
        ofDataSource();

        assertCalls(1);
    }

    /** Both sets have the same hash. */
    @Test
    void shouldShareNoCallWithWhoAsksForOthers() {
        for (var dataset : List.of("Aa", "BB")) {
            sandbox.workspace().addDataset(dataset, dataset, "warehouse", "sales");
            sandbox.workspace().datasetRuns().ranBefore(dataset, Duration.ofHours(1));
        }
        var report = new Target.Report("daily", new TreeSet<>());

        assertThat(read(report, List.of("Aa"))).containsOnlyKeys("Aa");
        assertThat(read(report, List.of("BB"))).containsOnlyKeys("BB");
    }

    @Test
    void shouldAskAgainForWhatEndedLater() {
        ofDataSource();
        clock.advance(Duration.ofSeconds(1));
        ofDataSource();

        assertCalls(2);
    }

    @Test
    void shouldAskForTheNewestRunOfOneDatasetIfRowsAreSilent() {
        sandbox.workspace().datasetRuns().lastRunsTold(LastRunsTold.IN_RUNS);

        var rows = ofDataSource();

        assertThat(rows.values())
                .filteredOn(row -> row.lastRunAt().isPresent())
                .extracting(Dataset::token)
                .containsExactly("dataset00");
        assertCalls(2);
    }

    @Test
    void shouldKnowNothingIfModeSaysItNowhere() {
        sandbox.workspace().datasetRuns().lastRunsTold(LastRunsTold.NOWHERE);

        assertThat(ofDataSource().values()).extracting(Dataset::lastRunAt).containsOnly(Optional.empty());
        assertCalls(2);
    }

    @Test
    void shouldKnowNothingOfWhatModeRefusesToShow() {
        assertThat(read(new Target.DataSource("gone"), datasets)).isEmpty();
        assertThat(read(new Target.Datasets(new TreeSet<>(List.of("gone", "dataset01"))), List.of("gone", "dataset01")))
                .containsOnlyKeys("dataset01");
    }
}
