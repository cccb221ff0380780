package io.freshet.telemetry;

import io.freshet.event.ReportKey;
import io.freshet.state.Unshown;
import io.freshet.state.Unshown.Breach;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Which reports of this replica's workspaces are late, and for which objectives. */
@ApplicationScoped
public class LateReports {

    private static final Logger LOG = Logger.getLogger(LateReports.class);
    private static final SortedMap<String, Breach> NONE = Collections.emptySortedMap();

    private final MeterRegistry metrics;
    private final Map<ReportKey, SortedMap<String, Breach>> late = new ConcurrentHashMap<>();

    LateReports(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** The objective is there, and no report is late for it so far. */
    public void watch(String account, String objective) {
        Gauge.builder("freshet.objective.late", late, all -> all.entrySet().stream()
                        .filter(one -> one.getKey().account().equals(account))
                        .filter(one -> one.getValue().containsKey(objective))
                        .count())
                .description("reports of this replica's workspaces that have failed to show a change in time")
                .tag("account", account)
                .tag("objective", objective)
                .register(metrics);
    }

    /** What was told before this replica came to know of it. */
    public void restored(Map<ReportKey, Unshown> all) {
        all.forEach((report, unshown) -> put(report, unshown.breaches()));
    }

    /** @param now the objectives for which it is late, and that is told */
    public void are(ReportKey report, SortedMap<String, Breach> now) {
        var before = late.getOrDefault(report, NONE);
        put(report, now);
        now.forEach((objective, breach) -> {
            if (!before.containsKey(objective)) {
                LOG.warnf(
                        "freshness=breached account=%s objective=%s report=%s within=%s change=\"%s\"",
                        report.account(),
                        objective,
                        report.reportToken(),
                        breach.within(),
                        breach.change().shown());
                count("breached", report, objective);
            }
        });
        before.forEach((objective, breach) -> {
            if (!now.containsKey(objective)) {
                LOG.infof(
                        "freshness=restored account=%s objective=%s report=%s within=%s change=\"%s\"",
                        report.account(),
                        objective,
                        report.reportToken(),
                        breach.within(),
                        breach.change().shown());
                count("restored", report, objective);
            }
        });
    }

    private void put(ReportKey report, SortedMap<String, Breach> now) {
        if (now.isEmpty()) {
            late.remove(report);
        } else {
            late.put(report, now);
        }
    }

    private void count(String what, ReportKey report, String objective) {
        metrics.counter("freshet.objective.changes", "account", report.account(), "objective", objective, "what", what)
                .increment();
    }

    /** The workspaces have gone to another replica. */
    public void left(Predicate<String> accounts) {
        late.keySet().removeIf(report -> accounts.test(report.account()));
    }
}
