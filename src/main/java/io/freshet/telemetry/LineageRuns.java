package io.freshet.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** What becomes of runs of OpenLineage that have ended well, and how many wait to be looked at. */
@ApplicationScoped
public class LineageRuns {

    private static final Logger LOG = Logger.getLogger(LineageRuns.class);

    private final MeterRegistry metrics;
    private final Map<String, AtomicInteger> waiting = new ConcurrentHashMap<>();

    LineageRuns(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /**
     * A run means so many changes.
     *
     * @param unmatched how many of its outputs are on no data source
     */
    public void matched(String account, int changes, int unmatched) {
        var result = unmatched > 0 ? "unmatched" : "ignored";
        metrics.counter("freshet.lineage.runs", "account", account, "result", changes > 0 ? "changed" : result)
                .increment();
        metrics.counter("freshet.lineage.unmatched", "account", account).increment(unmatched);
    }

    /** So many runs of the workspace wait now. */
    public void waiting(String account, int runs) {
        waiting.computeIfAbsent(account, this::measured).set(runs);
    }

    private AtomicInteger measured(String account) {
        var count = new AtomicInteger();
        Gauge.builder("freshet.lineage.waiting", count, AtomicInteger::get)
                .description(
                        "runs of OpenLineage that have ended, and wait until Mode says which data sources there are")
                .tag("account", account)
                .register(metrics);
        return count;
    }

    /** They can't be looked at now. */
    public void waits(String account, int runs, Throwable cause) {
        LOG.warnf("lineage waits account=%s runs=%d cause=\"%s\"", account, runs, cause.getMessage());
    }

    /** There were too many of them, and what it means is lost. */
    public void dropped(String account, String run) {
        LOG.errorf("lineage=dropped account=%s run=%s: more runs have ended than can wait for Mode", account, run);
        metrics.counter("freshet.lineage.runs", "account", account, "result", "dropped")
                .increment();
    }
}
