package io.freshet.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ReportKey;
import io.freshet.mode.ModesOf;
import io.freshet.sandbox.Faults;
import io.freshet.sandbox.Sandbox;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.sandbox.SandboxSettings.RateCounting;
import io.freshet.tables.DatasetSql;
import io.freshet.testing.SettableClock;
import io.freshet.workspace.WorkspacesOf;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which datasets a change of tables is for, and at what price. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@SuppressWarnings("NullAway.Init")
class MentionedDatasetsTest {

    private static final int OTHERS = 20;

    private final SettableClock clock = new SettableClock();
    private final Map<ReportKey, DatasetSql> saved = new ConcurrentHashMap<>();
    private Duration readWithin = Duration.ofSeconds(10);
    private Sandbox sandbox;
    private MentionedDatasets mentioned;
    private KnownSql known;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxSettings.defaults().withCounting(RateCounting.UNLIMITED));
        var workspace = sandbox.workspace();
        workspace.addDataSource("warehouse", "Warehouse");
        workspace.addSpace("sales", "Sales");
        for (var n = 0; n < OTHERS; n++) {
            workspace.addDataset("other" + n, "rest" + n, "warehouse", "sales");
        }
        workspace.addDataset("orders", "Orders", "warehouse", "sales");
        workspace.sql().write("orders", "select * from core.orders");
        begin(Map.of());
    }

    /** A replica that knows this from the one before it. */
    private void begin(Map<ReportKey, DatasetSql> restored) {
        var workspaces = WorkspacesOf.settings(Map.of(
                "freshet.workspace.account", "acme",
                "freshet.workspace.token", "sandbox-token",
                "freshet.workspace.secret", "sandbox-secret",
                "freshet.workspace.precision", "table"));
        PrecisionConfig config = () -> readWithin;
        var timer = Infrastructure.getDefaultWorkerPool();
        var sql = CatalogWiring.sql(this::save, config, clock, timer);
        known = sql.known();
        known.restored(restored);
        mentioned = CatalogWiring.mentioned(workspaces, sql, config, clock, timer, timer);
    }

    private Uni<Void> save(ReportKey dataset, Optional<DatasetSql> sql) {
        sql.ifPresentOrElse(one -> saved.put(dataset, one), () -> saved.remove(dataset));
        return Uni.createFrom().voidItem();
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Mentioned of(String... tables) {
        var mode =
                ModesOf.sandbox(sandbox, new SimpleMeterRegistry()).find("acme").orElseThrow();
        return mode.datasetsOfDataSource("warehouse")
                .flatMap(answer -> mentioned.of(
                        mode,
                        "warehouse",
                        answer.fold(listed -> listed, failure -> {
                            throw new AssertionError(failure);
                        }),
                        List.of(tables)))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    private static SortedSet<String> tokens(Mentioned mentioned) {
        var tokens = new TreeSet<String>();
        mentioned.datasets().forEach(dataset -> tokens.add(dataset.token()));
        return tokens;
    }

    /** How often each kind of call was made, but for the listing. */
    private Map<String, Integer> calls() {
        var calls = new TreeMap<String, Integer>();
        sandbox.calls().all().stream()
                .flatMap(call -> Stream.of("queries", "definitions")
                        .filter(kind -> call.path().endsWith("/" + kind)))
                .forEach(kind -> calls.merge(kind, 1, Integer::sum));
        sandbox.calls().clear();
        return calls;
    }

    @Test
    void shouldReadAllSqlOnceAndNeverAgain() {
        assertThat(tokens(of("core.orders"))).containsExactly("orders");
        assertThat(calls()).containsExactly(Map.entry("queries", OTHERS + 1));

        assertThat(tokens(of("CORE.ORDERS", "core.returns"))).containsExactly("orders");
        assertThat(tokens(of("core.returns"))).isEmpty();
        assertThat(tokens(of("rest7"))).containsExactly("other7");
        assertThat(calls()).isEmpty();
    }

    @Test
    void shouldAskNothingWhereTheChangeIsForAllOfTheDataSource() {
        assertThat(tokens(of())).hasSize(OTHERS + 1);
        assertThat(of("core.\"orders").datasets()).as("not to be read").hasSize(OTHERS + 1);
        assertThat(calls()).isEmpty();
    }

    @Test
    void shouldKnowWhatTheReplicaBeforeItHasRead() {
        of("core.orders");
        calls();

        begin(saved);

        assertThat(tokens(of("core.orders"))).containsExactly("orders");
        assertThat(calls()).isEmpty();
    }

    @Test
    void shouldReadAgainWhatWasEditedAndNothingElse() {
        of("core.orders");
        calls();

        sandbox.workspace().sql().write("orders", "select * from core.returns");
        sandbox.workspace().datasetRuns().runByHand("other1");

        assertThat(tokens(of("core.orders"))).isEmpty();
        assertThat(calls()).containsExactly(Map.entry("queries", 1));
        assertThat(tokens(of("core.returns"))).containsExactly("orders");
        assertThat(calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"403, 1, 600", "404, 1, 600", "503, 3, 60"})
    void shouldTakeForMentionedWhatCanNotBeReadAndTryAgainLater(int status, int attempts, int seconds) {
        var fault = sandbox.faults().alwaysStatus(status, call -> call.path().equals("/reports/other3/queries"));

        var first = of("core.orders");

        assertThat(tokens(first)).containsExactly("orders", "other3");
        assertThat(first.why()).containsEntry("other3", "its SQL can't be read");
        assertThat(fault.struck()).isEqualTo(attempts);
        clock.advance(Duration.ofSeconds(seconds - 1));
        assertThat(tokens(of("core.orders"))).containsExactly("orders", "other3");
        assertThat(fault.struck()).as("not so soon").isEqualTo(attempts);
        fault.lift();
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens(of("core.orders"))).containsExactly("orders");
    }

    @Test
    void shouldTakeForMentionedWhatModeDoesNotShow() {
        sandbox.workspace().sql().hide("other3");

        assertThat(tokens(of("core.orders"))).containsExactly("orders", "other3");
    }

    /** And what comes late is known to the next one. */
    @Test
    void shouldWaitForSoLongOnlyAndReadOn() {
        var fault = sandbox.faults().slow(Integer.MAX_VALUE, Duration.ofSeconds(1), call -> call.path()
                .endsWith("/other3/queries"));
        readWithin = Duration.ofMillis(300);

        assertThat(tokens(of("core.orders"))).contains("orders", "other3");
        readWithin = Duration.ofSeconds(20);

        assertThat(tokens(of("core.orders"))).containsExactly("orders");
        assertThat(fault.struck()).as("one call was enough").isEqualTo(1);
    }

    @Test
    void shouldAskForDefinitionsOnceInTenMinutesAndOnlyIfSomeSqlUsesThem() {
        sandbox.workspace().sql().define("paid", "select * from core.orders where paid");
        of("core.orders");
        assertThat(calls()).doesNotContainKey("definitions");
        sandbox.workspace().sql().write("other5", "select * from {{ @paid }}");

        assertThat(tokens(of("core.orders"))).containsExactly("orders", "other5");
        assertThat(tokens(of("core.returns"))).isEmpty();
        assertThat(calls()).containsEntry("definitions", 1);

        sandbox.workspace().sql().define("paid", "select * from core.returns");
        clock.advance(Duration.ofMinutes(11));
        assertThat(tokens(of("core.returns"))).containsExactly("other5");
        assertThat(calls()).containsExactly(Map.entry("definitions", 1));
    }

    @Test
    void shouldTakeForMentionedWhatUsesDefinitionsThatCanNotBeHad() {
        sandbox.workspace().sql().write("other5", "select * from {{ @paid }}");
        sandbox.faults().always(Faults.Kind.STATUS, call -> call.path().equals("/definitions"));

        assertThat(tokens(of("core.orders"))).containsExactly("orders", "other5");
        assertThat(tokens(of("core.returns"))).containsExactly("other5");
        assertThat(calls()).as("the attempts of one call").containsEntry("definitions", 3);
    }

    @Test
    void shouldForgetTheSqlOfDatasetsThatAreGone() {
        of("core.orders");
        assertThat(saved).hasSize(OTHERS + 1);

        sandbox.workspace().archiveDataset("other3");
        of("core.orders");

        assertThat(saved).hasSize(OTHERS).doesNotContainKey(ReportKey.dataset("acme", "other3"));
    }

    @Test
    void shouldForgetTheSqlOfWorkspacesThatHaveLeft() {
        of("core.orders");
        calls();

        known.left("acme"::equals);

        assertThat(tokens(of("core.orders"))).containsExactly("orders");
        assertThat(calls()).containsEntry("queries", OTHERS + 1);
    }
}
