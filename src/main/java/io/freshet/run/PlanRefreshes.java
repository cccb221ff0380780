package io.freshet.run;

import io.freshet.catalog.Catalog;
import io.freshet.catalog.Usages;
import io.freshet.event.ChangeKey;
import io.freshet.event.ReportKey;
import io.freshet.event.Traces;
import io.freshet.ledger.Ledger;
import io.freshet.ledger.LedgerEntry;
import io.freshet.mode.Answer.Failure;
import io.freshet.plan.Batch;
import io.freshet.plan.Planner;
import io.freshet.state.RefreshRequest;
import io.freshet.telemetry.Telemetry;
import io.freshet.telemetry.Tracing;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Resolves a batch of changes, and has the ledger save what is to be refreshed because of them, or why nothing is. */
@ApplicationScoped
class PlanRefreshes {

    /** Mode can't be asked now. */
    static final class ModeCantSay extends RuntimeException {
        ModeCantSay(Failure<?> failure) {
            super("Mode can't be asked: " + failure, null, false, false);
        }
    }

    private final Catalog catalog;
    private final Ledger ledger;
    private final RefuseChanges refuseChanges;
    private final Telemetry telemetry;
    private final Tracing tracing;
    private final Clock clock;

    PlanRefreshes(
            Catalog catalog,
            Ledger ledger,
            RefuseChanges refuseChanges,
            Telemetry telemetry,
            Tracing tracing,
            Clock clock) {
        this.catalog = catalog;
        this.ledger = ledger;
        this.refuseChanges = refuseChanges;
        this.telemetry = telemetry;
        this.tracing = tracing;
        this.clock = clock;
    }

    /** Ends when the changes are planned. Fails if it must be tried again later, such as with {@link ModeCantSay}. */
    Uni<Void> plan(Batch batch) {
        return tracing.planning(batch, traces -> catalog.of(batch.account(), batch.target(), batch.newest())
                .flatMap(answer ->
                        answer.fold(usages -> save(batch, usages, traces), failure -> refuse(batch, failure))));
    }

    private Uni<Void> save(Batch batch, Usages usages, Traces traces) {
        var changes = batch.refs().in(traces);
        var requests = Planner.plan(batch.account(), usages, changes, batch.isBackfill(), clock.instant());
        return refuseChanges
                .unknownDatasets(batch, usages.unknownDatasets())
                .chain(() -> planned(batch, requests))
                .invoke(() -> telemetry.planned(batch, usages.reportsByDataset().size(), requests.size()));
    }

    private Uni<Void> refuse(Batch batch, Failure<?> failure) {
        if (failure.kind().isTransient()) {
            return Uni.createFrom().failure(new ModeCantSay(failure));
        }
        return refuseChanges
                .refuse(batch, failure)
                .chain(() -> planned(batch, Map.of()))
                .invoke(() -> telemetry.refused(batch));
    }

    private Uni<Void> planned(Batch batch, Map<ReportKey, RefreshRequest> requests) {
        var keys = batch.changes().stream().map(ChangeKey::of).toList();
        return ledger.enter(List.of(new LedgerEntry.Planned(batch.account(), keys, requests)))
                .replaceWithVoid();
    }
}
