package io.freshet.ledger;

import io.freshet.event.BatchKey;
import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.state.ReportOutcome;
import io.freshet.state.Transition;

/**
 * When the last dataset that a report awaits for a batch has come to its end, the report's request comes in, or is told of as
 * rejected, in the same transaction. They are more than one transaction takes sometimes: then the others follow.
 */
final class ReleaseReports {

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
            var step = staging.report(report)
                    .release(report, token -> staging.report(ReportKey.dataset(batch.account(), token)), staging.now());
            if (step.isPresent()) {
                if (staging.staged().releases().areFull()) {
                    staging.staged().releases().more(batch);
                    return;
                }
                take(report, step.get(), staging);
            }
        }
    }

    private static void take(ReportKey report, Transition step, Staging staging) {
        step.told().ifPresent(event -> {
            staging.staged().tell(event);
            SettleChanges.after(event, step.to().memory(), staging);
        });
        staging.save(report, step.to());
        staging.staged().releases().oneMore();
    }
}
