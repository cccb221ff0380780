package io.freshet.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Modes;
import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.Faults;
import io.freshet.sandbox.Sandbox;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.sandbox.SandboxSettings.RateCounting;
import io.freshet.testing.ModeAlone;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ModeAlone.class)
@SuppressWarnings("NullAway.Init")
class CatalogTest {

    private record Kept(Duration ttl, Duration remember, long size) implements CatalogConfig {}

    @Inject
    Modes modes;

    @Inject
    MeterRegistry metrics;

    @ConfigProperty(name = "freshet.workspace.url")
    URI url;

    private Sandbox sandbox;
    private Catalog catalog;

    @BeforeEach
    void start() {
        modes.all().forEach(mode -> mode.share(1, false));
        sandbox =
                Sandbox.start(SandboxSettings.defaults().withPort(url.getPort()).withCounting(RateCounting.UNLIMITED));
        var workspace = sandbox.workspace();
        workspace.addDataSource("warehouse", "Warehouse");
        workspace.addSpace("sales", "Sales");
        workspace.addSpace("care", "Care");
        workspace.addDataset("orders", "Orders", "warehouse", "sales");
        workspace.addDataset("returns", "Returns", "warehouse", "care");
        workspace.addDataset("unused", "Unused", "warehouse", "care");
        workspace.addReport("daily", "Daily", "sales", "orders");
        workspace.addReport("weekly", "Weekly", "sales", "orders", "returns");
        catalog = new Catalog(modes, new Kept(Duration.ofMinutes(1), Duration.ofMinutes(10), 100));
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
    void shouldFindTheReportsOfAllDatasetsInASpace() {
        var usages = success(catalog.ofSpace("acme", "care"));

        assertThat(usages.reportsByDataset()).containsOnlyKeys("returns", "unused");
        assertUsed(usages, "returns", "weekly");
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

        assertThat(success(ofDatasets("orders", "unused")).expectedRuntimes())
                .containsExactly(Map.entry("orders", Duration.ofSeconds(40)));
        assertThat(success(ofDataSource()).expectedRuntimes())
                .as("a listing doesn't show it")
                .isEmpty();
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
        assertThat(failure(catalog.ofDataSource("acme", "nowhere")).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure(catalog.ofSpace("acme", "nowhere")).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void shouldLeaveOutWhatIsArchived() {
        sandbox.workspace().archiveDataset("returns");
        sandbox.workspace().archiveReport("daily");

        var usages = success(ofDatasets("orders", "returns"));

        assertThat(usages.reportsByDataset()).containsOnlyKeys("orders");
        assertThat(usages.unknownDatasets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void shouldNotBeHeldByADatasetThatIsGoneOrOutOfBoundsSinceItWasListed(int status) {
        sandbox.faults().alwaysStatus(status, request -> request.path().startsWith("/datasets/returns/reports"));

        var usages = success(ofDataSource());

        assertUsed(usages, "orders", "daily", "weekly");
        assertUsed(usages, "returns");
    }

    @Test
    void shouldFailWhereModeCannotTellOfOneDataset() {
        sandbox.faults().alwaysStatus(500, request -> request.path().startsWith("/datasets/returns/reports"));

        assertThat(failure(ofDataSource()).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void shouldAskModeOnceForAllWhoAskAtTheSameTime() {
        sandbox.faults().slow(1, Duration.ofMillis(200), request -> true);
        var asks = Stream.generate(this::ofDataSource).limit(50).toList();

        var answers = Uni.join().all(asks).andFailFast().await().atMost(Duration.ofSeconds(20));

        assertThat(answers).hasSize(50).allSatisfy(answer -> assertThat(
                        success(answer).reportsByDataset())
                .hasSize(3));
        assertThat(asked("/data_sources/warehouse/datasets?page=1")).isOne();
        assertThat(asked("/datasets/orders/reports?page=1")).isOne();
    }

    @Test
    void shouldKeepWhatModeSaid() {
        var first = success(ofDataSource());
        sandbox.workspace().addReport("new", "New", "sales", "orders");
        sandbox.calls().clear();

        assertThat(success(ofDataSource())).isEqualTo(first);
        assertThat(sandbox.calls().all()).isEmpty();
    }

    @Test
    void shouldShareWhatItKeepsBetweenTargets() {
        success(ofDataSource());
        sandbox.calls().clear();

        success(catalog.ofSpace("acme", "sales"));

        assertThat(asked("/spaces/sales/datasets?page=1")).isOne();
        assertThat(asked("/datasets/orders/reports?page=1")).isZero();
    }

    @Test
    void shouldAskAgainWhenWhatItKeptIsOld() {
        catalog = new Catalog(modes, new Kept(Duration.ofNanos(1), Duration.ofMinutes(10), 100));
        success(ofDataSource());
        sandbox.workspace().addReport("new", "New", "sales", "orders");

        assertUsed(success(ofDataSource()), "orders", "daily", "new", "weekly");
    }

    @Test
    void shouldRememberWhatIsTooOldToBeEnough() {
        catalog = new Catalog(modes, new Kept(Duration.ofNanos(1), Duration.ofMinutes(10), 100));
        var first = success(ofDataSource());
        sandbox.workspace().addReport("new", "New", "sales", "orders");
        sandbox.calls().clear();

        assertThat(success(catalog.remembered().ofDataSource("acme", "warehouse")))
                .isEqualTo(first);
        assertThat(sandbox.calls().all()).isEmpty();
        assertThat(failure(catalog.remembered().ofSpace("acme", "sales"))).isNotNull();
        assertThat(sandbox.calls().all()).isEmpty();
    }

    @Test
    void shouldForgetADatasetThatModeKnowsNoMore() {
        success(ofDatasets("orders", "returns"));
        sandbox.workspace().removeDataset("returns");
        catalog = new Catalog(modes, new Kept(Duration.ofNanos(1), Duration.ofMinutes(10), 100));
        success(ofDatasets("orders"));
        sandbox.workspace().removeDataset("orders");

        assertThat(success(ofDatasets("orders")).unknownDatasets()).containsExactly("orders");

        failure(catalog.remembered().ofDatasets("acme", new TreeSet<>(Set.of("orders"))));
    }

    @Test
    void shouldForgetADatasetWhoseReportsModeRefusesToList() {
        success(ofDatasets("returns"));
        sandbox.faults().alwaysStatus(404, request -> request.path().startsWith("/datasets/returns/reports"));
        catalog = new Catalog(modes, new Kept(Duration.ofMinutes(1), Duration.ofMinutes(10), 100));

        assertUsed(success(ofDatasets("returns")), "returns");
        sandbox.calls().clear();
        success(ofDatasets("returns"));

        assertThat(asked("/datasets/returns"))
                .as("whether it is there is asked anew")
                .isOne();
        failure(catalog.remembered().ofDatasets("acme", new TreeSet<>(Set.of("returns"))));
    }

    @Test
    void shouldNotStampedeAfterARestart() {
        IntStream.range(0, 60).forEach(n -> sandbox.workspace().addDataset("d" + n, "D", "warehouse", "sales"));
        var before = resolved();
        sandbox.calls().clear();
        var asks = Stream.generate(() -> Stream.of(
                        ofDataSource(),
                        catalog.ofSpace("acme", "sales"),
                        catalog.ofSpace("acme", "care"),
                        ofDatasets("orders", "returns")))
                .limit(50)
                .flatMap(all -> all)
                .toList();

        Uni.join().all(asks).andFailFast().await().atMost(Duration.ofSeconds(20));

        var calls = sandbox.calls().all();
        assertThat(calls).extracting(CallLog.Call::path).doesNotHaveDuplicates();
        assertThat(calls).as("62 datasets in use, one not, two pages each").hasSizeLessThan(63 * 2 + 15);
        assertThat(resolved() - before).as("all in their lane").isEqualTo(calls.size());
    }

    private double resolved() {
        return metrics.find("freshet.mode.requests").tag("lane", "resolve").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void shouldNotKeepAFailure() {
        // As often as it is tried; the second page is asked for at the same time.
        sandbox.faults().next(3, Faults.Kind.STATUS, request -> request.path().endsWith("?page=1"));
        assertThat(failure(ofDataSource()).kind()).isEqualTo(Kind.UNAVAILABLE);

        assertThat(success(ofDataSource()).reportsByDataset()).hasSize(3);
    }

    @Test
    void shouldNotKeepThatADataSourceIsNotFound() {
        assertThat(failure(catalog.ofDataSource("acme", "lake")).kind()).isEqualTo(Kind.NOT_FOUND);

        sandbox.workspace().addDataSource("lake", "Lake");

        assertThat(success(catalog.ofDataSource("acme", "lake")).reportsByDataset())
                .isEmpty();
    }

    @Test
    void shouldKnowOnlyWorkspacesThatAreConfigured() {
        assertThatThrownBy(() -> catalog.ofDataSource("globex", "warehouse")).hasMessageContaining("globex");
    }

    private Uni<Answer<Usages>> ofDataSource() {
        return catalog.ofDataSource("acme", "warehouse");
    }

    private Uni<Answer<Usages>> ofDatasets(String... tokens) {
        return catalog.ofDatasets("acme", new TreeSet<>(Set.of(tokens)));
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
