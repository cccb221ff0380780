package io.freshet.telemetry;

import io.freshet.event.Presentation;
import io.freshet.event.ReportKey;
import io.freshet.event.RunAccepted;
import io.freshet.event.RunError;
import io.freshet.event.RunEvent;
import io.freshet.event.RunFinished;
import io.freshet.event.RunRejected;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.jboss.logging.Logger;

/** What becomes of runs, as one line each, and counted. */
final class RunLines {

    private static final Logger LOG = Logger.getLogger(Telemetry.class);
    private static final String NOTHING = "-";

    private final MeterRegistry metrics;
    private final Freshness freshness;
    private final Presentation presentation;

    RunLines(MeterRegistry metrics, Presentation presentation) {
        this.metrics = metrics;
        this.presentation = presentation;
        this.freshness = new Freshness(metrics);
    }

    void told(RunEvent event) {
        event.fold(this::accepted, this::finished, this::rejected);
    }

    private Void accepted(RunAccepted run) {
        LOG.infof(
                "run accepted account=%s %s=%s name=\"%s\" datasets=%d changes=%d run=%s adopted=%s web_url=%s",
                run.report().account(),
                run.report().kind().word(),
                run.report().reportToken(),
                name(run),
                run.datasetTokens().size(),
                run.changes().count(),
                run.runToken(),
                run.adopted(),
                page(run.report(), run.runToken()));
        count("accepted", run, "adopted", Boolean.toString(run.adopted()));
        return nothing();
    }

    private Void finished(RunFinished run) {
        var took = Duration.between(run.acceptedAt(), run.finishedAt());
        var shownAfter = run.freshness().map(RunLines::seconds).orElse(NOTHING);
        LOG.infof(
                "run finished account=%s %s=%s name=\"%s\" datasets=%d changes=%d run=%s outcome=%s error_code=%s took=%s freshness=%s web_url=%s",
                run.report().account(),
                run.report().kind().word(),
                run.report().reportToken(),
                name(run),
                run.datasetTokens().size(),
                run.changes().count(),
                run.runToken(),
                run.outcome().word(),
                run.error().flatMap(RunError::code).orElse(NOTHING),
                seconds(took),
                shownAfter,
                page(run.report(), run.runToken()));
        count("finished", run, "outcome", run.outcome().word());
        if (!run.report().isDataset()) {
            freshness.of(run); // nobody looks at a dataset by itself
        }
        return nothing();
    }

    private Void rejected(RunRejected run) {
        LOG.warnf(
                "run rejected account=%s %s=%s name=\"%s\" datasets=%d changes=%d reason=%s status=%d message=\"%s\" web_url=%s",
                run.report().account(),
                run.report().kind().word(),
                run.report().reportToken(),
                name(run),
                run.datasetTokens().size(),
                run.changes().count(),
                run.reason(),
                run.status(),
                run.message(),
                presentation.page(run.report()).orElse(NOTHING));
        count("rejected", run, "reason", run.reason());
        return nothing();
    }

    private void count(String what, RunEvent event, String tag, String value) {
        var of = event.report();
        metrics.counter(
                        "freshet.runs." + what,
                        "account",
                        of.account(),
                        "kind",
                        of.kind().word(),
                        tag,
                        value)
                .increment();
    }

    private String name(RunEvent run) {
        return presentation
                .shown(run.report().account(), run.name())
                .map(name -> name.replace('"', '\''))
                .orElse(NOTHING);
    }

    private String page(ReportKey report, String run) {
        return presentation.page(report, run).orElse(NOTHING);
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).setScale(1, RoundingMode.HALF_UP) + "s";
    }

    @SuppressWarnings("NullAway") // the one value of Void
    private static Void nothing() {
        return null;
    }
}
