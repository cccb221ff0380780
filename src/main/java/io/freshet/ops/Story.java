package io.freshet.ops;

import io.freshet.event.Arrival;
import io.freshet.event.ReportKey;
import io.freshet.event.RunAccepted;
import io.freshet.event.RunEvent;
import io.freshet.event.RunFinished;
import io.freshet.event.RunRejected;
import io.freshet.plan.Batch;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** What happens, as one line each: the same keys everywhere, and counted where it is logged. */
@ApplicationScoped
public class Story {

    private static final Logger LOG = Logger.getLogger(Story.class);

    private static final Duration[] FRESHNESS = Stream.of(10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200)
            .map(Duration::ofSeconds)
            .toArray(Duration[]::new);

    private final MeterRegistry metrics;
    private final Happenings happenings;

    Story(MeterRegistry metrics, Happenings happenings) {
        this.metrics = metrics;
        this.happenings = happenings;
    }

    /** Changes of one target have become refreshes. */
    public void planned(Batch<?> batch, int datasets, int refreshes) {
        LOG.infof(
                "planned account=%s %s changes=%d datasets=%d refreshes=%d",
                batch.account(), batch.target(), batch.changes().size(), datasets, refreshes);
        metrics.counter("freshet.changes.planned", "account", batch.account())
                .increment(batch.changes().size());
        metrics.counter("freshet.refreshes.planned", "account", batch.account()).increment(refreshes);
        happenings.planned(batch, datasets, refreshes);
    }

    /** Changes of one target wait, for Mode or Kafka can't serve them now. */
    public void waits(Batch<?> batch, Throwable cause) {
        LOG.warnf(
                "changes wait account=%s %s changes=%d cause=\"%s\"",
                batch.account(), batch.target(), batch.changes().size(), cause.getMessage());
        metrics.counter("freshet.changes.retries").increment();
    }

    /** A record can't be written to the dead-letter topic now. */
    public void waits(Arrival arrival, Throwable cause) {
        LOG.warnf(
                "dead letter waits record=%s/%d/%d cause=\"%s\"",
                arrival.topic(), arrival.partition(), arrival.offset(), cause.getMessage());
        metrics.counter("freshet.changes.retries").increment();
    }

    /** Input has gone to the dead-letter topic. */
    public void deadLetter(Arrival arrival, String code, String reason) {
        LOG.warnf(
                "dead letter record=%s/%d/%d code=%s reason=\"%s\"",
                arrival.topic(), arrival.partition(), arrival.offset(), code, reason);
        metrics.counter("freshet.dead.letters", "topic", arrival.topic(), "code", code)
                .increment();
    }

    /** A step of a report's life has been saved. */
    public void moved(ReportKey report, String state) {
        LOG.debugf("%s account=%s report=%s", state, report.account(), report.reportToken());
    }

    /**
     * Mode's webhook says that a run has ended.
     *
     * @param used whether it is an open run of this replica that was not asked after a moment ago
     */
    public void hinted(boolean used) {
        metrics.counter("freshet.webhook.hints", "used", Boolean.toString(used)).increment();
    }

    /** An event has been written. */
    public void told(RunEvent event) {
        event.fold(this::accepted, this::finished, this::rejected);
        happenings.told(event);
    }

    private Void accepted(RunAccepted run) {
        LOG.infof("run accepted %s run=%s adopted=%s", about(run), run.runToken(), run.adopted());
        count("accepted", run, "adopted", Boolean.toString(run.adopted()));
        return nothing();
    }

    private Void finished(RunFinished run) {
        var took = Duration.between(run.acceptedAt(), run.finishedAt());
        var freshness = run.freshness().map(Story::seconds).orElse("-");
        LOG.infof(
                "run finished %s run=%s outcome=%s took=%s freshness=%s",
                about(run), run.runToken(), run.outcome().word(), seconds(took), freshness);
        count("finished", run, "outcome", run.outcome().word());
        run.freshness().ifPresent(age -> Timer.builder("freshet.freshness")
                .description("from the oldest change to the end of the run that shows it")
                .tag("account", run.report().account())
                .serviceLevelObjectives(FRESHNESS)
                .register(metrics)
                .record(age));
        return nothing();
    }

    private Void rejected(RunRejected run) {
        LOG.warnf(
                "run rejected %s reason=%s status=%d message=\"%s\"",
                about(run), run.reason(), run.status(), run.message());
        count("rejected", run, "reason", run.reason());
        return nothing();
    }

    private static String about(RunEvent event) {
        return "account=%s report=%s datasets=%d changes=%d"
                .formatted(
                        event.report().account(),
                        event.report().reportToken(),
                        event.datasetTokens().size(),
                        event.changes().count());
    }

    private void count(String what, RunEvent event, String tag, String value) {
        metrics.counter("freshet.runs." + what, "account", event.report().account(), tag, value)
                .increment();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0);
    }

    @SuppressWarnings("NullAway") // the one value of Void
    private static Void nothing() {
        return null;
    }
}
