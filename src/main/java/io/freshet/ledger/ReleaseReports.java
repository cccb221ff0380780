package io.freshet.ledger;

import io.freshet.event.BatchKey;
import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.state.ReportOutcome;
import io.freshet.state.ReportState;
import io.freshet.state.Transition;
import org.jboss.logging.Logger;

/**
 * When the last dataset that a report awaits for a batch has come to its end, the report's request comes in, or is told of as
 * rejected, in the same transaction. They are more than one transaction takes sometimes: then the others follow.
 */
final class ReleaseReports {

    private static final Logger LOG = Logger.getLogger(ReleaseReports.class);

    /** How many reports one transaction releases. */
    static final int MOST = 500;

    private ReleaseReports() {}

    /** A dataset has come to its end for the batches that it carried, if the event tells of one. */
    static void after(RunEvent event, Staging staging) {
        var ended = event.report();
        if (ended.isDataset() && ReportOutcome.of(event).isPresent()) {
            event.changes().batches().forEach(number -> release(new BatchKey(ended.account(), number), staging));
        }
    }

    /** Those that wait for nothing any more. */
    static void release(BatchKey batch, Staging staging) {
        for (var report : staging.awaiting(batch)) {
            var step = staging.report(report).release(report, token -> dataset(report, token, staging), staging.now());
            if (step.isPresent()) {
                if (staging.staged().releases().areFull()) {
                    staging.staged().releases().more(batch);
                    return;
                }
                take(report, step.get(), staging);
            }
        }
    }

    /** One that can't be written is told as rejected instead, and if that can't be either, it waits on: the others go. */
    private static void take(ReportKey report, Transition step, Staging staging) {
        var releases = staging.staged().releases();
        var origin = staging.staged().origin().of(report);
        if (!releases.isSetAside(origin)) {
            releases.release(origin, () -> stage(report, step, staging));
        } else if (!releases.isSetAside(origin.rejected())) {
            staging.report(report)
                    .reject(report, token -> dataset(report, token, staging), staging.now())
                    .ifPresent(
                            rejection -> releases.release(origin.rejected(), () -> stage(report, rejection, staging)));
        } else {
            LOG.errorf("report=%s waits on: its records are larger than their topics take", report);
        }
    }

    private static ReportState dataset(ReportKey report, String token, Staging staging) {
        return staging.report(ReportKey.dataset(report.account(), token));
    }

    private static void stage(ReportKey report, Transition step, Staging staging) {
        step.told().ifPresent(event -> {
            staging.staged().tell(event);
            SettleChanges.after(event, step.to().memory(), staging);
        });
        staging.save(report, step.to());
    }
}
