package io.freshet.telemetry;

import io.freshet.event.Change;
import io.freshet.event.InboundRecord;
import io.freshet.event.Presentation;
import io.freshet.event.RecordPlace;
import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.event.Subject;
import io.freshet.event.WorkspaceChanged;
import io.freshet.plan.Batch;
import io.freshet.plan.RefreshPlan;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** What happens, as one line each: the same keys everywhere, and counted where it is logged. */
@ApplicationScoped
public class Telemetry {

    private static final Logger LOG = Logger.getLogger(Telemetry.class);

    private final MeterRegistry metrics;
    private final RunLines runs;
    private final Conflicts conflicts;
    private final Map<String, AtomicInteger> quarantined = new ConcurrentHashMap<>();

    Telemetry(MeterRegistry metrics, Presentation presentation) {
        this.metrics = metrics;
        this.runs = new RunLines(metrics, presentation);
        this.conflicts = new Conflicts(metrics, System::nanoTime);
    }

    /** Changes of one target have become refreshes. */
    public void planned(Batch batch, RefreshPlan plan) {
        var refreshes = plan.requests().size();
        safely(() -> {
            LOG.infof(
                    "planned account=%s %s changes=%d datasets=%d datasets_first=%d refreshes=%d",
                    batch.account(),
                    batch.target(),
                    batch.changes().size(),
                    plan.datasets().size(),
                    plan.datasetsFirst(),
                    plan.reports());
            metrics.counter("freshet.changes.planned", "account", batch.account())
                    .increment(batch.changes().size());
            metrics.counter("freshet.refreshes.planned", "account", batch.account())
                    .increment(refreshes);
            answered(batch, refreshes == 0 ? "no_report" : "planned");
        });
    }

    /** Mode has said for good that changes of this target mean nothing. */
    public void refused(Batch batch) {
        safely(() -> answered(batch, "refused"));
    }

    /** A record was no usable change. */
    public void unusable() {
        safely(() -> answered("none", "unusable", 1));
    }

    /** An event of OpenLineage has been read. */
    public void lineage(String result) {
        safely(() -> metrics.counter("freshet.lineage.events", "result", result).increment());
    }

    private void answered(Batch batch, String outcome) {
        answered(batch.account(), outcome, batch.changes().size());
    }

    private void answered(String account, String outcome, int changes) {
        metrics.counter("freshet.changes", "account", account, "outcome", outcome)
                .increment(changes);
    }

    /** Changes of one target wait, for Mode or Kafka can't serve them now. */
    public void waits(Batch batch, Throwable cause) {
        safely(() -> {
            LOG.warnf(
                    "changes wait account=%s %s changes=%d cause=\"%s\"",
                    batch.account(), batch.target(), batch.changes().size(), cause.getMessage());
            metrics.counter("freshet.changes.retries").increment();
        });
    }

    /** A record has met a fault of ours. */
    public void unreadable(InboundRecord arrival, Throwable fault) {
        safely(() -> LOG.errorf(
                fault,
                "a fault while record=%s/%d/%d was read: it becomes a dead letter",
                arrival.topic(),
                arrival.partition(),
                arrival.offset()));
    }

    /** A record can't be written on now. */
    public void waits(InboundRecord arrival, Throwable cause) {
        safely(() -> {
            LOG.warnf(
                    "record waits record=%s/%d/%d cause=\"%s\"",
                    arrival.topic(), arrival.partition(), arrival.offset(), cause.getMessage());
            metrics.counter("freshet.changes.retries").increment();
        });
    }

    /** Input has gone to the dead-letter topic. */
    public void deadLetter(RecordPlace arrival, String code, String reason) {
        safely(() -> {
            LOG.warnf(
                    "dead letter record=%s/%d/%d code=%s reason=\"%s\"",
                    arrival.topic(), arrival.partition(), arrival.offset(), code, reason);
            metrics.counter("freshet.dead.letters", "topic", arrival.topic(), "code", code)
                    .increment();
        });
    }

    /** A change had no effect, as another one with another target is known under its identity. */
    public void conflicting(Change change) {
        safely(() -> conflicts.told(change));
    }

    /** So many keys of a workspace can't be read: nothing is done for them until somebody acts. */
    public void quarantined(String account, int keys) {
        safely(() -> {
            quarantined
                    .computeIfAbsent(account, first -> {
                        var count = new AtomicInteger();
                        Gauge.builder("freshet.keys.quarantined", count, AtomicInteger::get)
                                .description("keys of the state topic that can't be read; nothing is posted for them")
                                .tag("account", first)
                                .register(metrics);
                        return count;
                    })
                    .set(keys);
        });
    }

    /** A step of a report's life has been saved. */
    public void moved(ReportKey report, String state) {
        safely(() -> LOG.debugf(
                "%s account=%s %s=%s", state, report.account(), report.kind().word(), report.reportToken()));
    }

    /**
     * Mode's webhook says that a run has ended.
     *
     * @param used whether it is an open run, and nobody said so to this replica a moment ago
     */
    public void hinted(boolean used) {
        safely(() -> metrics.counter("freshet.webhook.hints", "used", Boolean.toString(used))
                .increment());
    }

    /** An event has been written. */
    public void told(RunEvent event) {
        safely(() -> runs.told(event));
    }

    /** Something that people should know of a workspace. */
    public void told(WorkspaceChanged event) {
        safely(() -> {
            LOG.warnf(
                    "workspace=%s account=%s subject=%s by=%s why=\"%s\"",
                    event.what(),
                    event.account(),
                    event.subject().map(Subject::text).orElse("workspace"),
                    event.by().orElse("freshet"),
                    event.why());
            metrics.counter("freshet.workspace.changes", "account", event.account(), "what", event.what())
                    .increment();
        });
    }

    /** Whoever tells what has happened must not suffer from who listens: nothing else would come of it. */
    private static void safely(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "what has happened can't be told; it has happened all the same");
        }
    }
}
