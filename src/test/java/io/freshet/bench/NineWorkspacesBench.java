package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.Sandbox;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Scene;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nine workspaces have a change each at the same time, and three replicas share them. */
@Tag("budget")
class NineWorkspacesBench {

    private static final int WORKSPACES = 9;
    private static final int REPLICAS = 3;
    private static final Pattern OWNED =
            Pattern.compile("freshet_workspace_owned\\{account=\"tenant-\\d+\",?\\} 1\\.0");

    @TempDir
    Path directory;

    @Test
    void nineWorkspaces() {
        try (var scene = Scene.open()) {
            var tenants = new Tenants(scene, WORKSPACES);
            tenants.sandboxes().forEach(sandbox -> {
                BudgetWorkspace.fill(sandbox.workspace(), BudgetWorkspace::oneSpace);
                BudgetWorkspace.fillWarmUp(sandbox.workspace());
            });
            var settings = new HashMap<>(tenants.settings(directory.resolve("workspaces.properties")));
            settings.put("freshet.coalesce.quiet", "0s");
            settings.put("freshet.topics.own-partitions", "16");
            var replicas = Stream.generate(() -> scene.launch(settings, "-Xmx160m"))
                    .limit(REPLICAS)
                    .toList();
            replicas.forEach(PackagedApplication::awaitReady);
            scene.eventually(() -> assertThat(replicas.stream().mapToLong(NineWorkspacesBench::owned))
                    .allMatch(owned -> owned > 0)
                    .satisfies(each -> assertThat(
                                    each.stream().mapToLong(Long::longValue).sum())
                            .isEqualTo(WORKSPACES)));
            var most = replicas.stream()
                    .mapToLong(NineWorkspacesBench::owned)
                    .max()
                    .orElseThrow();
            warmUp(scene, tenants);
            var changed = Instant.now();

            change(scene, tenants, BudgetWorkspace.SOURCE);

            scene.eventually(
                    Duration.ofMinutes(6), () -> assertThat(scene.topics().read("run-finished"))
                            .hasSize(WORKSPACES * (BudgetWorkspace.WARM_UPS + BudgetWorkspace.REPORTS)));
            assertThat(tenants.sandboxes()).allSatisfy(sandbox -> assertThat(sandbox.calls().posts().stream()
                            .map(CallLog.Call::report)
                            .distinct())
                    .hasSameSizeAs(sandbox.calls().posts())
                    .hasSize(BudgetWorkspace.REPORTS));
            var table = new Table(
                    "Budget of nine workspaces and three replicas",
                    "The same change in nine workspaces at the same time, each with 200 reports and a limit of its own,"
                            + " counted as a window. Each workspace has had a change of 40 other reports before, so that the"
                            + " JVMs, which share two processors, are warm. Each row but one is of the workspace that did worst.");
            table.row(
                    "seconds from the changes to the last POST",
                    worst(tenants, sandbox -> BudgetWorkspace.seconds(sandbox, changed)),
                    worst(tenants, sandbox -> BudgetWorkspace.bound(sandbox, changed)),
                    "≤ 1.05");
            table.row(
                    "calls per refreshed report, of all nine",
                    average(tenants, BudgetWorkspace::callsPerReport),
                    "≤ 1.3");
            table.row("calls per refreshed report", worst(tenants, BudgetWorkspace::callsPerReport), "");
            table.row("most calls in any 10 s", worst(tenants, BudgetWorkspace::busiest), "≤ 40");
            table.row("answers of 429", worst(tenants, BudgetWorkspace::refused), "0");
            table.row("workspaces of the replica that has most of them", (double) most, "");
            table.publish();
        }
    }

    /** Until all that was asked for is done, and Mode has forgotten the calls. */
    private static void warmUp(Scene scene, Tenants tenants) {
        change(scene, tenants, BudgetWorkspace.WARM_UP_SOURCE);
        scene.eventually(Duration.ofMinutes(2), () -> assertThat(scene.topics().read("change-settled"))
                .hasSize(WORKSPACES));
        scene.eventually(() -> assertThat(tenants.sandboxes()).allMatch(BudgetWorkspace::isIdle));
        tenants.sandboxes().forEach(sandbox -> sandbox.calls().clear());
    }

    private static void change(Scene scene, Tenants tenants, String source) {
        scene.changes(tenants.accounts().stream()
                .map(account -> "{\"account\": \"%s\", \"data_source\": \"%s\"}".formatted(account, source))
                .toList());
    }

    private static double average(Tenants tenants, ToDoubleFunction<Sandbox> figure) {
        return tenants.sandboxes().stream().mapToDouble(figure).average().orElseThrow();
    }

    private static double worst(Tenants tenants, ToDoubleFunction<Sandbox> figure) {
        return tenants.sandboxes().stream().mapToDouble(figure).max().orElseThrow();
    }

    private static long owned(PackagedApplication replica) {
        var metrics = replica.getManaged("/q/metrics").body();
        return OWNED.matcher(metrics).results().map(MatchResult::group).count();
    }
}
