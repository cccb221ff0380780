package io.freshet.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.freshet.event.LeftOut;
import io.freshet.event.Target;
import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.ModesOf;
import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.Sandbox;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.sandbox.SandboxSettings.RateCounting;
import io.freshet.testing.SettableClock;
import io.freshet.workspace.WorkspacesOf;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@SuppressWarnings("NullAway.Init")
class CatalogTest {

    private record Kept(Duration ttl, long size) implements CatalogConfig {}

    private final MeterRegistry metrics = new SimpleMeterRegistry();

    /** Stands still: whatever comes, comes before Mode is asked. */
    private final SettableClock clock = new SettableClock();

    /** Data sources of which something is learnt. */
    private final Set<String> learnt = new HashSet<>();

    private Sandbox sandbox;
    private Catalog catalog;
    private DataSources dataSources;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxSettings.defaults().withCounting(RateCounting.UNLIMITED));
        var workspace = sandbox.workspace();
        workspace.addDataSource("warehouse", "Warehouse");
        workspace.addSpace("sales", "Sales");
        workspace.addSpace("care", "Care");
        workspace.addDataset("orders", "Orders", "warehouse", "sales");
        workspace.addDataset("returns", "Returns", "warehouse", "care");
        workspace.addDataset("unused", "Unused", "warehouse", "care");
        workspace.addReport("daily", "Daily", "sales", "orders");
        workspace.addReport("weekly", "Weekly", "sales", "orders", "returns");
        catalog = catalog(Map.of());
    }

    /** With these settings besides. */
    private Catalog catalog(Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "freshet.workspace.account", "acme",
                "freshet.workspace.token", "sandbox-token",
                "freshet.workspace.secret", "sandbox-secret"));
        settings.putAll(more);
        var workspaces = WorkspacesOf.settings(settings);
        var modes = ModesOf.sandbox(sandbox, metrics);
        dataSources = new DataSources(modes, clock);
        return new Catalog(
                modes,
                workspaces,
                account -> learnt,
                new Listings(new Kept(Duration.ofMinutes(1), 100), clock),
                CatalogWiring.all(workspaces, clock, Infrastructure.getDefaultWorkerPool()),
                dataSources);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void shouldFindTheReportsOfAllDatasetsOnADataSource() {
        var usages = success(ofDataSource());

        assertUsed(usages, "orders", "daily", "weekly");
        assertUsed(usages, "returns", "weekly");
        assertUsed(usages, "unused");
        assertThat(usages.reportsByDataset()).hasSize(3);
    }

    @Test
    void shouldTellWhatPeopleCallThem() {
        assertThat(success(ofDataSource()).names())
                .containsOnly(
                        entry("orders", "Orders"),
                        entry("returns", "Returns"),
                        entry("unused", "Unused"),
                        entry("daily", "Daily"),
                        entry("weekly", "Weekly"));
        assertThat(success(ofDatasets("orders")).names())
                .containsOnly(entry("orders", "Orders"), entry("daily", "Daily"), entry("weekly", "Weekly"));
    }

    /** Each row of a listing has it. */
    @Test
    void shouldTellWhatPeopleCallTheCollectionThatChanged() {
        assertThat(success(ofSpace("care")).names()).contains(entry("care", "Care"));
    }

    /** Mode is asked for them on account of OpenLineage only. */
    @Test
    void shouldTellWhatPeopleCallTheDataSourceIfThatWasAskedForAnyway() {
        assertThat(success(ofDataSource()).names()).doesNotContainKey("warehouse");

        dataSources.of("acme").await().indefinitely();

        assertThat(success(ofDataSource()).names()).contains(entry("warehouse", "Warehouse"));
        assertThat(sandbox.calls().count(call -> call.path().endsWith("/data_sources")))
                .isEqualTo(1);
    }

    @Test
    void shouldFindTheReportsOfAllDatasetsInASpace() {
        var usages = success(ofSpace("care"));

        assertThat(usages.reportsByDataset()).containsOnlyKeys("returns", "unused");
        assertUsed(usages, "returns", "weekly");
    }

    @Test
    void shouldLeaveOutWhatIsNotToBeRun() {
        sandbox.workspace().addReport("monthly", "Monthly", "care", "orders");
        catalog = catalog(Map.of("freshet.workspace.exclude", "space:care, report:daily"));

        var usages = success(ofDataSource());

        assertUsed(usages, "orders", "weekly");
        assertThat(usages.reportsByDataset()).containsOnlyKeys("orders");
        assertThat(usages.leftOut())
                .containsExactlyInAnyOrder(
                        LeftOut.dataset("returns", "excluded"),
                        LeftOut.dataset("unused", "excluded"),
                        LeftOut.report("monthly", "excluded"),
                        LeftOut.report("daily", "excluded"));
    }

    @Test
    void shouldRunNothingButWhatIsIncluded() {
        sandbox.workspace().addDataSource("other", "Other");
        catalog = catalog(Map.of("freshet.workspace.include", "data_source:other,report:weekly,space:gone"));

        var usages = success(ofDatasets("orders", "unused"));

        assertUsed(usages, "orders", "weekly");
        assertThat(usages.leftOut()).containsExactly(LeftOut.report("daily", "excluded"));
    }

    @Test
    void shouldFindTheReportsOfDatasetsThatAreNamed() {
        var usages = success(ofDatasets("orders", "unused"));

        assertThat(usages.reportsByDataset()).containsOnlyKeys("orders", "unused");
        assertThat(usages.unknownDatasets()).isEmpty();
    }

    @Test
    void shouldTellHowLongADatasetIsExpectedToTakeWhereModeShowsIt() {
        sandbox.workspace().expectRuntime("orders", Duration.ofSeconds(40));

        var named = success(ofDatasets("orders", "unused"));
        assertThat(named.row("orders").expectedRuntime()).contains(Duration.ofSeconds(40));
        assertThat(named.row("unused").expectedRuntime()).isEmpty();
        assertThat(success(ofDataSource()).row("orders").expectedRuntime())
                .as("a listing doesn't show it")
                .isEmpty();
    }

    /** Mode tells that in the listing of a data source only. */
    @Test
    void shouldKnowOnWhichDataSourceADatasetWasListedBefore() {
        assertThat(success(ofDatasets("orders", "unused")).row("orders").dataSource())
                .isEmpty();

        var source = success(ofDataSource()).row("orders").dataSource();

        assertThat(source).isPresent();
        assertThat(success(ofDatasets("orders", "unused")).row("orders").dataSource())
                .isEqualTo(source);
    }

    /** As after a restart. */
    @Test
    void shouldListADataSourceOfWhichSomethingIsLearntOnce() {
        learnt.add("warehouse");

        assertThat(success(ofDatasets("orders")).row("orders").dataSource()).contains("warehouse");
        assertThat(success(ofSpace("care")).row("returns").dataSource()).contains("warehouse");
        clock.advance(Duration.ofHours(1));
        assertThat(success(ofDatasets("unused")).row("unused").dataSource()).contains("warehouse");
        assertThat(listingsOf("warehouse")).isEqualTo(1);
    }

    @Test
    void shouldListADataSourceThatIsSetByItselfOnce() {
        learnt.add("nowhere");
        catalog = catalog(Map.of("freshet.workspace.data-sources.\"warehouse\".datasets-first", "always"));

        assertThat(success(ofDatasets("orders")).row("orders").dataSource()).contains("warehouse");
        success(ofDatasets("orders", "unused"));
        assertThat(listingsOf("warehouse")).isEqualTo(1);
        assertThat(listingsOf("nowhere")).as("it is gone").isEqualTo(1);
    }

    @Test
    void shouldPlanWithoutADataSourceThatModeCanNotListNowAndAskTheNextTime() {
        learnt.add("warehouse");
        sandbox.faults().alwaysStatus(503, request -> request.path().contains("/data_sources/warehouse"));

        assertThat(success(ofDatasets("orders")).row("orders").dataSource()).isEmpty();

        sandbox.faults().clear();
        assertThat(success(ofDatasets("orders")).row("orders").dataSource()).contains("warehouse");
    }

    private long listingsOf(String dataSource) {
        return sandbox.calls()
                .count(call -> call.path().contains("/data_sources/" + dataSource + "/datasets")
                        && call.path().contains("page=1"));
    }

    @Test
    void shouldNameTheDatasetsThatModeDoesNotKnow() {
        var usages = success(ofDatasets("orders", "nothing", "nowhere"));

        assertUsed(usages, "orders", "daily", "weekly");
        assertThat(usages.reportsByDataset()).hasSize(1);
        assertThat(usages.unknownDatasets()).containsExactly("nothing", "nowhere");
    }

    @Test
    void shouldSayThatADataSourceOrSpaceIsNotFound() {
        assertThat(failure(ofDataSource("nowhere")).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure(ofSpace("nowhere")).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void shouldLeaveOutWhatIsArchived() {
        sandbox.workspace().archiveDataset("returns");

        var usages = success(ofDatasets("orders", "returns"));

        assertThat(usages.reportsByDataset()).containsOnlyKeys("orders");
        assertThat(usages.unknownDatasets()).isEmpty();
        assertThat(usages.leftOut()).containsExactly(LeftOut.dataset("returns", "archived"));
    }

    @Test
    void shouldLeaveOutNothingWhereAllIsLive() {
        assertThat(success(ofDataSource()).leftOut()).isEmpty();
    }

    @Test
    void shouldSayThatNoneOfTheNamedDatasetsIsFound() {
        assertThat(failure(ofDatasets("nothing", "nowhere")).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void shouldNameADatasetThatIsOutOfBoundsAsUnknown() {
        sandbox.faults().alwaysStatus(403, request -> request.path().equals("/datasets/returns"));

        var usages = success(ofDatasets("orders", "returns"));

        assertThat(usages.reportsByDataset()).containsOnlyKeys("orders");
        assertThat(usages.unknownDatasets()).containsExactly("returns");
        assertThat(failure(ofDatasets("returns")).kind()).isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void shouldFailWhereModeCannotTellWhetherADatasetIsThere() {
        sandbox.faults().alwaysStatus(500, request -> request.path().equals("/datasets/returns"));

        assertThat(failure(ofDatasets("orders", "returns")).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void shouldNotBeHeldByADatasetThatIsGoneOrOutOfBoundsSinceItWasListed(int status) {
        sandbox.faults().alwaysStatus(status, request -> request.path().startsWith("/datasets/returns/reports"));

        var usages = success(ofDataSource());

        assertUsed(usages, "orders", "daily", "weekly");
        assertUsed(usages, "returns");
        assertThat(usages.leftOut())
                .containsExactly(LeftOut.dataset("returns", status == 404 ? "not_found" : "forbidden"));
    }

    /** Of a front end, and for a dataset that Mode has just listed. */
    @Test
    void shouldNotBeHeldByADatasetOfWhichAPageOfHtmlSaysThatItIsGone() {
        sandbox.faults().page(9, 404, request -> request.path().startsWith("/datasets/returns/reports"));

        var usages = success(ofDataSource());

        assertUsed(usages, "orders", "daily", "weekly");
        assertUsed(usages, "returns");
        assertThat(usages.leftOut()).containsExactly(LeftOut.dataset("returns", "not_found"));
    }

    @Test
    void shouldWaitWhereAPageOfHtmlSaysThatTheDataSourceIsGone() {
        sandbox.faults().page(9, 404, request -> request.path().startsWith("/data_sources"));

        assertThat(failure(ofDataSource()).kind()).as("the URL may be wrong").isEqualTo(Kind.UNREADABLE);
    }

    @Test
    void shouldFailWhereModeCannotTellOfOneDataset() {
        sandbox.faults().alwaysStatus(500, request -> request.path().startsWith("/datasets/returns/reports"));

        assertThat(failure(ofDataSource()).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void shouldShareWhatItKeepsBetweenTargets() {
        success(ofDataSource());
        sandbox.calls().clear();

        success(ofSpace("sales"));

        assertThat(asked("/spaces/sales/datasets?page=1")).isOne();
        assertThat(asked("/datasets/orders/reports?page=1")).isZero();
    }

    @Test
    void shouldAskAgainWhetherADatasetIsThereWhoseReportsModeRefusesToList() {
        sandbox.faults().alwaysStatus(404, request -> request.path().startsWith("/datasets/returns/reports"));
        assertUsed(success(ofDatasets("returns")), "returns");
        sandbox.calls().clear();

        success(ofDatasets("returns"));

        assertThat(asked("/datasets/returns")).isOne();
    }

    // --- reports

    @Test
    void shouldNameTheDatasetsThatAReportImportsIfARefreshNamesNone() {
        var usages = success(ofReport("weekly"));

        assertThat(usages.reportsByDataset()).containsOnlyKeys("orders", "returns");
        assertUsed(usages, "orders", "weekly");
    }

    @Test
    void shouldAskNothingIfARefreshNamesTheDatasets() {
        var usages = success(ofReport("weekly", "returns"));

        assertThat(usages.reportsByDataset()).containsOnlyKeys("returns");
        assertUsed(usages, "returns", "weekly");
        assertThat(sandbox.calls().all()).isEmpty();
    }

    @Test
    void shouldLeaveOutAReportThatImportsNoDatasets() {
        sandbox.workspace().addReport("plain", "Plain", "sales");

        var usages = success(ofReport("plain"));

        assertThat(usages.reportsByDataset()).isEmpty();
        assertThat(usages.leftOut()).containsExactly(LeftOut.report("plain", "no_datasets"));
        assertThat(success(ofReport("weekly")).leftOut()).isEmpty();
    }

    @Test
    void shouldKnowADatasetThatIsAskedForAsAReport() {
        var usages = success(ofReport("orders"));

        assertThat(usages.isAskedFor("orders")).isTrue();
        assertThat(usages.leftOut()).isEmpty();
        assertThat(usages.names()).containsOnly(entry("orders", "Orders"));
        assertThat(success(ofReport("orders", "orders")).isAskedFor("orders")).isTrue();
        assertThat(success(ofReport("weekly")).isAskedFor("weekly")).isFalse();
    }

    @Test
    void shouldSayThatAReportIsNotFound() {
        assertThat(failure(ofReport("nowhere")).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    // --- what is asked once

    @Test
    void shouldAskAgainAtEveryLevelForAChangeThatCameLater() {
        success(ofDataSource());
        sandbox.workspace().addReport("new", "New", "sales", "orders");
        assertUsed(success(ofDataSource()), "orders", "daily", "weekly");
        clock.advance(Duration.ofMillis(1));

        assertUsed(success(ofDataSource()), "orders", "daily", "new", "weekly");
    }

    @Test
    void shouldNotStampedeAfterARestart() {
        IntStream.range(0, 60).forEach(n -> sandbox.workspace().addDataset("d" + n, "D", "warehouse", "sales"));
        var before = resolved();
        sandbox.calls().clear();
        var asks = Stream.generate(() ->
                        Stream.of(ofDataSource(), ofSpace("sales"), ofSpace("care"), ofDatasets("orders", "returns")))
                .limit(50)
                .flatMap(all -> all)
                .toList();

        Uni.join().all(asks).andFailFast().await().atMost(Duration.ofSeconds(20));

        var calls = sandbox.calls().all();
        assertThat(askedOften(calls))
                .as("only the full pages, which are looked at again: once")
                .containsOnly(
                        entry("/data_sources/warehouse/datasets?page=1", 2L),
                        entry("/data_sources/warehouse/datasets?page=2", 2L),
                        entry("/spaces/sales/datasets?page=1", 2L),
                        entry("/spaces/sales/datasets?page=2", 2L));
        assertThat(calls)
                .as("62 datasets in use, one not, two pages each, and four looks again")
                .hasSizeLessThan(63 * 2 + 15 + 4);
        assertThat(resolved() - before).as("all in their lane").isEqualTo(calls.size());
    }

    private static Map<String, Long> askedOften(List<CallLog.Call> calls) {
        var counts = calls.stream().collect(Collectors.groupingBy(CallLog.Call::path, Collectors.counting()));
        counts.values().removeIf(count -> count == 1);
        return counts;
    }

    private double resolved() {
        return metrics.find("freshet.mode.requests").tag("lane", "resolve").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void shouldKnowOnlyWorkspacesThatAreConfigured() {
        var target = new Target.DataSource("warehouse");

        assertThatThrownBy(() -> catalog.of("globex", target, List.of(), clock.instant()))
                .hasMessageContaining("globex");
    }

    private Uni<Answer<Usages>> ofDataSource() {
        return ofDataSource("warehouse");
    }

    private Uni<Answer<Usages>> ofDataSource(String token) {
        return of(new Target.DataSource(token));
    }

    private Uni<Answer<Usages>> ofSpace(String token) {
        return of(new Target.Space(token));
    }

    private Uni<Answer<Usages>> ofDatasets(String... tokens) {
        return of(new Target.Datasets(new TreeSet<>(Set.of(tokens))));
    }

    private Uni<Answer<Usages>> ofReport(String token, String... datasets) {
        return of(new Target.Report(token, new TreeSet<>(Set.of(datasets))));
    }

    /** For a change that comes just now. */
    private Uni<Answer<Usages>> of(Target target) {
        return catalog.of("acme", target, List.of(), clock.instant());
    }

    private long asked(String path) {
        return sandbox.calls().count(call -> call.path().equals(path));
    }

    private static void assertUsed(Usages usages, String dataset, String... reports) {
        assertThat(usages.reportsByDataset())
                .hasEntrySatisfying(dataset, users -> assertThat(users).containsExactly(reports));
    }

    private static Usages success(Uni<Answer<Usages>> call) {
        return success(call.await().atMost(Duration.ofSeconds(20)));
    }

    private static Usages success(Answer<Usages> answer) {
        return answer.fold(usages -> usages, failure -> {
            throw new AssertionError(failure);
        });
    }

    private static Failure<?> failure(Uni<Answer<Usages>> call) {
        return call.await()
                .atMost(Duration.ofSeconds(20))
                .fold(
                        usages -> {
                            throw new AssertionError("a success: " + usages);
                        },
                        failure -> failure);
    }
}
