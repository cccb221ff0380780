package io.freshet.ledger;

import io.freshet.event.BatchKey;
import io.freshet.event.ChangeKey;
import io.freshet.event.ChangeSettled;
import io.freshet.event.DataFreshness;
import io.freshet.event.RunEvent;
import io.freshet.state.OpenBatch;
import io.freshet.state.ReportHistory;
import io.freshet.state.ReportOutcome;

/**
 * When the last report that carried a batch has come to its end, its changes are told as settled, in the same transaction.
 * They are more than one transaction takes sometimes: then the others follow, and an open change is one that isn't told yet.
 */
final class SettleChanges {

    /** How many changes one transaction tells as settled. */
    static final int MOST = 500;

    private SettleChanges() {}

    /**
     * A report has come to its end for the batches that it carried, if the event tells of one.
     *
     * @param memory what it remembers of that end
     */
    static void after(RunEvent event, ReportHistory memory, Staging staging) {
        var report = event.report();
        ReportOutcome.of(event).ifPresent(told -> event.changes().batches().forEach(number -> {
            var end = memory.outcomes().getOrDefault(number, told);
            staging.batch(new BatchKey(report.account(), number))
                    .map(batch -> batch.ended(report, end, event.datasetTokens()))
                    .ifPresent(batch -> moved(batch, staging));
        }));
    }

    private static void moved(OpenBatch batch, Staging staging) {
        staging.move(batch);
        settleIfOver(batch, staging);
    }

    static void settleIfOver(OpenBatch batch, Staging staging) {
        if (batch.isOver()) {
            batch.data().ifPresentOrElse(data -> settle(batch, data, staging), () -> staging.staged()
                    .unproved(batch));
        }
    }

    /** Has no effect if it is settled by now, or what was found out earlier has been told for some of its changes. */
    static void proved(LedgerEntry.Proved proved, Staging staging) {
        staging.batch(proved.batch())
                .filter(batch -> batch.isOver() && batch.data().isEmpty())
                .ifPresent(batch -> settle(batch.proved(proved.data()), proved.data(), staging));
    }

    /** A refused change may come again once it is told, and its batch must not take it for its own then: it is told whole. */
    private static void settle(OpenBatch batch, DataFreshness data, Staging staging) {
        var settlement = batch.settlement(data, staging.now());
        var mayBePaged = !batch.isRefused();
        if (isFull(staging)) {
            goOn(batch, staging);
            return;
        }
        for (var digest : batch.members().digests()) {
            var key = new ChangeKey(batch.key().account(), digest);
            var change = staging.change(key);
            if (change.isPresent()) {
                if (mayBePaged && isFull(staging)) {
                    goOn(batch, staging);
                    return;
                }
                staging.close(key);
                staging.staged()
                        .tell(new ChangeSettled(batch.key(), change.get().ref(), settlement));
            }
        }
        staging.settle(batch, settlement);
    }

    /** In the next transaction. All of its changes are told the same. */
    private static void goOn(OpenBatch batch, Staging staging) {
        staging.staged().unfinished().add(batch.key());
        if (batch.proved().isPresent()) {
            staging.save(batch);
        }
    }

    private static boolean isFull(Staging staging) {
        return staging.staged().toldOfBatches().size() >= MOST;
    }
}
