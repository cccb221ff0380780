package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.Sandbox;
import io.freshet.testing.OneDataset;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Scene;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One replica has 1,000 workspaces, and each of them has a change a minute. */
@Tag("tenants")
class TenantsBench {

    private static final int WORKSPACES = 1_000;
    private static final int REPORTS = 20;
    private static final Duration BETWEEN_CHANGES = Duration.ofMinutes(1);
    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final double QUIET = 2;
    private static final int WARM_UP = 2;
    private static final int COUNTED = 3;

    /** A change, and what came of it. */
    private record Sent(Sandbox sandbox, Instant at) {

        List<CallLog.Call> posts() {
            return sandbox.calls().posts().stream()
                    .filter(post -> post.at().isAfter(at) && post.at().isBefore(at.plus(BETWEEN_CHANGES)))
                    .toList();
        }

        double first() {
            return seconds(posts().get(0));
        }

        double last() {
            return seconds(posts().get(REPORTS - 1));
        }

        private double seconds(CallLog.Call post) {
            return Duration.between(at, post.at()).toMillis() / 1000.0;
        }
    }

    /** How much of a core is used. */
    private static final class Meter {
        private final PackagedApplication application;
        private final Instant since = Instant.now();
        private final Duration used;

        Meter(PackagedApplication application) {
            this.application = application;
            this.used = application.cpu();
        }

        double percent() {
            var now = application.cpu().minus(used).toNanos();
            return 100.0 * now / Duration.between(since, Instant.now()).toNanos();
        }
    }

    @TempDir
    Path directory;

    @Test
    void tenants() throws InterruptedException {
        try (var scene = Scene.open()) {
            var tenants = new Tenants(scene, WORKSPACES);
            tenants.sandboxes().forEach(TenantsBench::fill);
            var settings = new HashMap<>(tenants.settings(directory.resolve("workspaces.properties")));
            settings.put("freshet.topics.own-partitions", "16");
            var began = Instant.now();
            var application = scene.launch(settings, "-Xmx512m", "-XX:TieredStopAtLevel=4");
            application.awaitReady();
            application.awaitLine("restored partitions=");
            var start = Duration.between(began, Instant.now()).toMillis() / 1000.0;

            var idle = idle(application);
            send(scene, tenants, WARM_UP);
            var meter = new Meter(application);
            var sent = send(scene, tenants, COUNTED);
            var busy = meter.percent();
            var heap = application.liveHeapMebibytes();
            scene.eventually(() -> assertThat(sent)
                    .extracting(one -> one.posts().size())
                    .as("POSTs for each change")
                    .containsOnly(REPORTS));

            var table = table();
            table.row("MiB of heap in use", heap, "≤ 512");
            table.row("MiB resident", application.residentMebibytes(), "");
            table.row("percent of a core", busy, "< 50");
            table.row("percent of a core before the first change", idle, "");
            table.row("runs a second", (double) WORKSPACES * REPORTS / BETWEEN_CHANGES.toSeconds(), "");
            table.row("calls per refreshed report", calls(tenants), "≤ 1.3");
            table.row("seconds from a change to its first POST, median", part(sent, Sent::first, 0.5), QUIET, "");
            table.row("the same, of 99 in 100", part(sent, Sent::first, 0.99), QUIET, "");
            table.row("the same, the slowest of 3,000", part(sent, Sent::first, 1), QUIET, "");
            table.row("seconds from a change to its 20th POST, median", part(sent, Sent::last, 0.5), QUIET, "");
            table.row("the same, of 99 in 100", part(sent, Sent::last, 0.99), QUIET, "");
            table.row("the same, the slowest of 3,000", part(sent, Sent::last, 1), QUIET, "");
            table.row("answers of 429", refused(tenants), "0");
            table.row("seconds to start", start, "");
            table.publish();
            assertThat(application.log()).doesNotContain("OutOfMemoryError");
        }
    }

    private static Table table() {
        return new Table(
                "Tenants",
                "1,000 workspaces on one replica, each with a request limit of its own, and 20 reports on one dataset. Each"
                        + " workspace has a change a minute that all of its reports need, spread over the minute; runs"
                        + " take 5 s. The replica runs with -Xmx512m. The first two minutes are not counted, the next"
                        + " three are. The reference is what a workspace's own limit allows: all 24 calls as soon as the"
                        + " change has waited for company for 2 s.");
    }

    private static void fill(Sandbox sandbox) {
        OneDataset.fill(sandbox.workspace(), REPORTS);
        sandbox.runClock().takes(Duration.ofMillis(500), Duration.ofMillis(4500));
    }

    private static double idle(PackagedApplication application) {
        var meter = new Meter(application);
        // Nothing is waited for here: this is the time over which the processor is measured.
        Awaitility.await().pollDelay(IDLE).atMost(IDLE.multipliedBy(2)).until(() -> true);
        return meter.percent();
    }

    /** A change a minute for each, for so many minutes. */
    private static List<Sent> send(Scene scene, Tenants tenants, int minutes) throws InterruptedException {
        var sent = Collections.synchronizedList(new ArrayList<Sent>());
        var ticks = Executors.newSingleThreadScheduledExecutor();
        for (var n = 0; n < minutes * WORKSPACES; n++) {
            var account = tenants.accounts().get(n % WORKSPACES);
            var sandbox = tenants.sandboxes().get(n % WORKSPACES);
            var unused = ticks.schedule(
                    () -> {
                        sent.add(new Sent(sandbox, Instant.now()));
                        scene.change(
                                "{\"account\": \"%s\", \"data_source\": \"%s\"}".formatted(account, OneDataset.SOURCE));
                    },
                    BETWEEN_CHANGES.toMillis() * n / WORKSPACES,
                    TimeUnit.MILLISECONDS);
        }
        ticks.shutdown();
        assertThat(ticks.awaitTermination(minutes * 2L, TimeUnit.MINUTES)).isTrue();
        return List.copyOf(sent);
    }

    private static double part(List<Sent> sent, ToDoubleFunction<Sent> figure, double part) {
        var sorted = sent.stream().mapToDouble(figure).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, sorted.length * part)];
    }

    private static double calls(Tenants tenants) {
        var calls = tenants.sandboxes().stream()
                .mapToInt(sandbox -> sandbox.calls().all().size())
                .sum();
        return (double) calls / (WORKSPACES * REPORTS * (WARM_UP + COUNTED));
    }

    private static double refused(Tenants tenants) {
        return tenants.sandboxes().stream()
                .mapToDouble(BudgetWorkspace::refused)
                .sum();
    }
}
