package io.freshet.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Target;
import io.freshet.mode.ModesOf;
import io.freshet.sandbox.Sandbox;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.sandbox.SandboxSettings.RateCounting;
import io.freshet.testing.SettableClock;
import io.freshet.workspace.ObjectivesOf;
import io.freshet.workspace.WorkspacesOf;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@SuppressWarnings("NullAway.Init")
class ReportsOfObjectivesTest {

    private static final Map<String, String> WORKSPACE = Map.of(
            "freshet.workspace.account", "acme",
            "freshet.workspace.token", "sandbox-token",
            "freshet.workspace.secret", "sandbox-secret");

    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxSettings.defaults().withCounting(RateCounting.UNLIMITED));
        var workspace = sandbox.workspace();
        workspace.addDataSource("warehouse", "Warehouse");
        workspace.addDataSource("events", "Events");
        workspace.addSpace("sales", "Sales");
        workspace.addSpace("care", "Care");
        workspace.addDataset("orders", "Orders", "warehouse", "sales");
        workspace.addDataset("clicks", "Clicks", "events", "sales");
        workspace.addReport("daily", "Daily", "sales", "orders");
        workspace.addReport("weekly", "Weekly", "care", "orders", "clicks");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void shouldNameThoseThatNameTheReport() {
        assertThat(ofSales("reports", "daily, gone")).containsOnly(Map.entry("daily", names("board")));
    }

    @Test
    void shouldNameThoseOfTheCollectionThatTheReportIsIn() {
        assertThat(ofSales("spaces", "care")).containsOnly(Map.entry("weekly", names("board")));
    }

    @Test
    void shouldNameThoseOfTheDataSourceThatChanged() {
        assertThat(ofSales("data-sources", "events")).containsOnly(Map.entry("weekly", names("board")));
        assertThat(of(new Target.DataSource("warehouse"), "data-sources", "warehouse"))
                .containsOnly(Map.entry("daily", names("board")), Map.entry("weekly", names("board")));
        assertThat(of(new Target.DataSource("warehouse"), "data-sources", "events"))
                .as("that report shows it, and its change is none of that data source")
                .isEmpty();
    }

    @Test
    void shouldHoldNothingUpWhereModeDoesNotListACollection() {
        sandbox.faults().alwaysStatus(503, call -> call.path().contains("/spaces/care/reports"));

        assertThat(ofSales("spaces", "care")).isEmpty();
        assertThat(sandbox.calls().count(call -> call.path().contains("/spaces/care/reports")))
                .isPositive();
    }

    @Test
    void shouldAskForNothingWhereNoObjectiveNamesACollection() {
        ofSales("reports", "daily");

        assertThat(sandbox.calls()
                        .count(call ->
                                call.path().endsWith("/reports") && call.path().contains("/spaces/")))
                .isZero();
    }

    private Map<String, SortedSet<String>> ofSales(String key, String value) {
        return of(new Target.Space("sales"), key, value);
    }

    /** A rule of the workspace names it as well. */
    @Test
    void shouldAskForACollectionOnce() {
        var both = new HashMap<>(WORKSPACE);
        both.put("freshet.workspace.include", "space:care");

        assertThat(of(new Target.Space("sales"), "spaces", "care", both)).containsOnlyKeys("weekly");
        assertThat(sandbox.calls()
                        .count(call -> call.path().contains("/spaces/care/reports")
                                && call.path().contains("page=1")))
                .isEqualTo(1);
    }

    private Map<String, SortedSet<String>> of(Target target, String key, String value) {
        return of(target, key, value, WORKSPACE);
    }

    private Map<String, SortedSet<String>> of(Target target, String key, String value, Map<String, String> workspace) {
        var settings = new HashMap<>(workspace);
        settings.put("freshet.objectives.\"board\"." + key, value);
        settings.put("freshet.objectives.\"board\".within", "15m");
        var modes = ModesOf.sandbox(sandbox, new SimpleMeterRegistry());
        var clock = new SettableClock();
        var workspaces = WorkspacesOf.settings(settings);
        var listings = CatalogWiring.listings(clock);
        var usages = new Catalog(
                        modes,
                        workspaces,
                        account -> Set.of(),
                        listings,
                        CatalogWiring.all(workspaces, clock, Infrastructure.getDefaultWorkerPool()),
                        new DataSources(modes, clock))
                .of("acme", target, List.of(), clock.instant())
                .map(answer -> answer.<Usages>fold(found -> found, failure -> {
                    throw new AssertionError(failure);
                }))
                .await()
                .indefinitely();
        return new ReportsOfObjectives(ObjectivesOf.settings(settings, workspaces), modes, listings)
                .of("acme", target, usages)
                .await()
                .indefinitely();
    }

    private static SortedSet<String> names(String name) {
        return new TreeSet<>(List.of(name));
    }
}
