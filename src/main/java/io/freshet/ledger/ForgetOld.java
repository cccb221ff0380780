package io.freshet.ledger;

import io.freshet.event.BatchKey;
import io.freshet.event.ReportKey;
import io.freshet.state.ReportState;
import io.freshet.state.Settled;
import java.time.Instant;

/** Takes away the records that nobody needs any more, so that the state doesn't grow for ever. */
final class ForgetOld {

    /** How many records one transaction takes away. */
    static final int MOST = 500;

    private ForgetOld() {}

    /** @param before what has settled earlier is old */
    static void stage(PartitionState partition, Instant before, Staging staging) {
        partition.batches().forEach((account, batches) -> batches.remembered()
                .outdated(before, batches.last(), MOST)
                .forEach(batch -> staging.forget(new BatchKey(account, batch.number()), batch)));
        partition.reports().entrySet().stream()
                .filter(report -> isOld(report.getValue(), before))
                .limit(MOST)
                .forEach(report -> forget(report.getKey(), staging));
        StageLineage.forgetOld(partition, MOST, staging);
    }

    private static boolean isOld(ReportState state, Instant before) {
        return state.isAtRest()
                && state instanceof Settled settled
                && settled.since().isBefore(before);
    }

    /** Unless it has moved in this transaction, or an open batch counts on it. */
    private static void forget(ReportKey report, Staging staging) {
        var counts = staging.report(report).memory().outcomes().keySet().stream()
                .anyMatch(number ->
                        staging.batch(new BatchKey(report.account(), number)).isPresent());
        if (!staging.staged().reports().containsKey(report) && !counts) {
            staging.forget(report);
            StageObjectives.forget(report, staging);
        }
    }
}
