package io.freshet.telemetry;

import io.freshet.event.BatchKey;
import io.freshet.event.Change;
import io.freshet.event.ChangeOutcome;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.ChangeSettled;
import io.freshet.event.DataFreshness;
import io.freshet.event.InboundRecord;
import io.freshet.event.Outcome;
import io.freshet.event.Presentations;
import io.freshet.event.ReportKey;
import io.freshet.event.RunAccepted;
import io.freshet.event.RunCounts;
import io.freshet.event.RunFinished;
import io.freshet.event.RunRejected;
import io.freshet.event.Settlement;
import io.freshet.event.Target;
import io.freshet.event.Traces;
import io.freshet.event.WorkspaceChanged;
import io.freshet.ledger.LedgerMetricsShown;
import io.freshet.mode.GateMetrics;
import io.freshet.plan.Batch;
import io.freshet.plan.RefreshPlan;
import io.freshet.replica.ReplicaWiring;
import io.freshet.schedule.StepQueue;
import io.freshet.state.Unshown.Breach;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What Prometheus gets to read of Freshet's own metrics, once everything has happened that is ever told. */
public final class TelemetryMetrics {

    private static final Pattern LINE = Pattern.compile("(freshet_\\w+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"[^\"]*\"");

    private static final Instant AT = Instant.parse("2026-01-31T06:00:00Z");
    private static final ChangeRef CHANGE = new ChangeRef("/etl", "load-1", AT.minusSeconds(60), null);
    private static final ReportKey REPORT = new ReportKey("acme", "4e9047000001");

    private TelemetryMetrics() {}

    /** Each metric by its name, with the names of its labels. */
    public static Map<String, Set<String>> labels() {
        var labels = new TreeMap<String, Set<String>>();
        scrape().lines().map(LINE::matcher).filter(line -> line.matches()).forEach(line -> {
            var names = labels.computeIfAbsent(line.group(1), name -> new TreeSet<>());
            if (line.group(2) != null) {
                LABEL.matcher(line.group(2)).results().forEach(label -> names.add(label.group(1)));
            }
        });
        return labels;
    }

    @SuppressWarnings("deprecation") // the registry that Quarkus brings
    private static String scrape() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var gauges = new FlowGauges(Clock.systemUTC(), registry);
        gauges.watchIntake(() -> 1);
        gauges.watchReports(new StepQueue((report, state) -> false));
        tellAll(new Telemetry(registry, Presentations.WITH_NAMES));
        settle(new OpenChanges(registry, Clock.systemUTC()));
        beLate(new LateReports(registry));
        new WebhookLines(registry).ignored("nightly");
        write(new LineageRuns(registry));
        GateMetrics.register(registry);
        LedgerMetricsShown.register(registry);
        ReplicaWiring.registerMetrics(registry);
        return registry.scrape();
    }

    private static void beLate(LateReports reports) {
        reports.watch("acme", "board");
        reports.are(REPORT, new TreeMap<>(Map.of("board", new Breach(CHANGE, Duration.ofMinutes(15), AT))));
    }

    private static void write(LineageRuns runs) {
        runs.matched("acme", 0, 1);
        runs.waiting("acme", 1);
    }

    private static void settle(OpenChanges changes) {
        var outcome = new Settlement(
                ChangeOutcome.SUCCEEDED, RunCounts.leftOut(0), List.of(), Optional.of(AT), DataFreshness.FRESH, AT);
        changes.told(new ChangeSettled(new BatchKey("acme", 1), CHANGE, outcome));
    }

    private static void tellAll(Telemetry telemetry) {
        var arrival = new InboundRecord("upstream-data-changed", 0, 17, AT, null, new byte[0], new RecordHeaders());
        var target = new Target.DataSource("50acce0f0001");
        var change = new Change("acme", target, CHANGE, Traces.none(), arrival.place());
        var batch = new Batch("acme", target, List.of(change), AT, false, Optional.empty());
        var datasets = Collections.unmodifiableSortedSet(new TreeSet<>(Set.of("da7a5e700001")));
        var changes = ChangeRefs.of(CHANGE);
        telemetry.planned(batch, new RefreshPlan(Map.of(), Map.of(), new TreeMap<>(), List.of()));
        telemetry.waits(batch, new IllegalStateException("Mode is away"));
        telemetry.waits(arrival, new IllegalStateException("Kafka is away"));
        telemetry.refused(batch);
        telemetry.conflicting(change);
        telemetry.unusable();
        telemetry.lineage("forwarded");
        telemetry.deadLetter(arrival.place(), "not_json", "It is no JSON.");
        telemetry.quarantined("acme", 1);
        telemetry.moved(REPORT, "waiting");
        telemetry.hinted(true);
        telemetry.told(new WorkspaceChanged("acme", "held", Optional.empty(), "month end", Optional.of("ops"), AT));
        telemetry.told(new RunAccepted(REPORT, Optional.empty(), "f00000000001", datasets, changes, AT, false));
        telemetry.told(new RunFinished(
                REPORT,
                Optional.empty(),
                "f00000000001",
                datasets,
                changes,
                Outcome.SUCCEEDED,
                "succeeded",
                AT,
                false,
                AT.plusSeconds(9),
                Optional.empty()));
        telemetry.told(new RunRejected(REPORT, Optional.empty(), datasets, changes, "forbidden", 403, "no", AT));
    }
}
