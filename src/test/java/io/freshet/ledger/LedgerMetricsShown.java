package io.freshet.ledger;

import io.micrometer.core.instrument.MeterRegistry;

/** All that the ledger ever measures, but for what its client does. */
public final class LedgerMetricsShown {

    private LedgerMetricsShown() {}

    public static void register(MeterRegistry registry) {
        var metrics = new LedgerMetrics(registry);
        metrics.transaction(() -> new TransactionLog.CommitResult.Committed());
        metrics.restore(() -> "all");
        metrics.lineageLeftOut(LineageRecords.Reason.TOO_LARGE);
    }
}
