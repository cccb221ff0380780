package io.freshet.run;

import io.freshet.catalog.Catalog;
import io.freshet.catalog.ReportsOfObjectives;
import io.freshet.catalog.Usages;
import io.freshet.event.ChangeKey;
import io.freshet.event.NotSucceeded;
import io.freshet.event.Presentation;
import io.freshet.event.Traces;
import io.freshet.ledger.HeldMeanwhile;
import io.freshet.ledger.Ledger;
import io.freshet.ledger.LedgerEntry;
import io.freshet.ledger.WorkspaceFacts;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Modes;
import io.freshet.plan.Batch;
import io.freshet.plan.Planner;
import io.freshet.plan.RunFirst;
import io.freshet.telemetry.Telemetry;
import io.freshet.telemetry.Tracing;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

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
    private final RunFirst runFirst;
    private final Ledger ledger;
    private final RefuseChanges refuseChanges;
    private final WorkspaceFacts facts;
    private final ReportsOfObjectives objectives;
    private final Modes modes;
    private final ChangesConfig config;
    private final Presentation presentation;
    private final Telemetry telemetry;
    private final Tracing tracing;
    private final Clock clock;

    PlanRefreshes(
            Catalog catalog,
            RunFirst runFirst,
            Ledger ledger,
            RefuseChanges refuseChanges,
            WorkspaceFacts facts,
            ReportsOfObjectives objectives,
            Modes modes,
            ChangesConfig config,
            Presentation presentation,
            Telemetry telemetry,
            Tracing tracing,
            Clock clock) {
        this.catalog = catalog;
        this.runFirst = runFirst;
        this.ledger = ledger;
        this.refuseChanges = refuseChanges;
        this.facts = facts;
        this.objectives = objectives;
        this.modes = modes;
        this.config = config;
        this.presentation = presentation;
        this.telemetry = telemetry;
        this.tracing = tracing;
        this.clock = clock;
    }

    /**
     * Ends when the changes are planned. Fails if it must be tried again later, such as with {@link ModeCantSay}; with
     * {@link HeldMeanwhile} after a release.
     *
     * @param wasReadBefore whether some of them had been read before this replica came to know them
     */
    Uni<Void> plan(Batch batch, boolean wasReadBefore) {
        return tracing.planning(batch, traces -> catalog.of(
                        batch.account(), batch.target(), batch.tables(), batch.newest())
                .flatMap(answer -> facts.isHeld(batch.account(), batch.target())
                        ? Uni.createFrom().failure(new HeldMeanwhile())
                        : answer.fold(
                                usages -> counting(batch, usages)
                                        .flatMap(counting ->
                                                save(batch, usages, counting, knownAt(batch, wasReadBefore), traces)),
                                failure -> refuse(batch, failure))));
    }

    /** For a backfill nobody waits, and a refresh by hand is no change of data. */
    private Uni<Map<String, SortedSet<String>>> counting(Batch batch, Usages usages) {
        var isNews = !batch.isBackfill() && batch.target().report().isEmpty();
        return isNews
                ? objectives.of(batch.account(), batch.target(), usages)
                : Uni.createFrom().item(Map.of());
    }

    private Optional<Instant> knownAt(Batch batch, boolean wasReadBefore) {
        return wasReadBefore
                ? Optional.empty()
                : modes.find(batch.account()).flatMap(mode -> mode.clock().about(age(batch)));
    }

    private Uni<Void> save(
            Batch batch,
            Usages usages,
            Map<String, SortedSet<String>> counting,
            Optional<Instant> knownAt,
            Traces traces) {
        var first = runFirst.of(batch.account(), batch.target(), knownBy(batch));
        var plan = Planner.plan(batch.account(), usages, first, batch.isBackfill(), clock.instant());
        var planned = new LedgerEntry.Planned(
                batch.account(),
                batch.target(),
                keys(batch),
                plan.requests(),
                plan.awaits(),
                List.copyOf(plan.datasets().keySet()),
                plan.leftOut(),
                usages.unknownDatasets().stream().map(PlanRefreshes::notFound).toList(),
                counting,
                presentation.showsNames(batch.account()) ? usages.names() : Map.of(),
                usages.why(),
                knownAt,
                traces);
        return enter(planned).invoke(() -> telemetry.planned(batch, plan));
    }

    /** When the newest of the changes was known at the latest, by Mode's clock. */
    private Instant knownBy(Batch batch) {
        return modes.find(batch.account())
                .map(mode -> mode.clock().latest(age(batch)))
                .orElse(Instant.MAX);
    }

    private Duration age(Batch batch) {
        return Duration.between(batch.newest(), clock.instant());
    }

    private static NotSucceeded notFound(String dataset) {
        return new NotSucceeded(dataset, "dataset", "left_out", "dataset_not_found", null);
    }

    private Uni<Void> refuse(Batch batch, Failure<?> failure) {
        if (!failure.kind().isTransient()) {
            return refuse(batch, Refused.of(batch, failure));
        }
        return isGivenUp(batch)
                ? refuse(batch, Refused.gaveUp(batch, failure))
                : Uni.createFrom().failure(new ModeCantSay(failure));
    }

    /** Mode has had trouble with this target for long, while it answers others. */
    private boolean isGivenUp(Batch batch) {
        var isWell = modes.find(batch.account())
                .filter(mode -> mode.trouble().isEmpty())
                .isPresent();
        return isWell
                && batch.failingSince()
                        .filter(since -> !clock.instant().isBefore(since.plus(config.giveUpAfter())))
                        .isPresent();
    }

    private Uni<Void> refuse(Batch batch, Refused refused) {
        return refuseChanges
                .refuse(batch, refused)
                .chain(() -> enter(
                        new LedgerEntry.Refused(batch.account(), batch.target(), keys(batch), refused.told(batch))))
                .invoke(() -> telemetry.refused(batch));
    }

    private static List<ChangeKey> keys(Batch batch) {
        return batch.changes().stream().map(ChangeKey::of).toList();
    }

    private Uni<Void> enter(LedgerEntry entry) {
        return ledger.enter(List.of(entry)).replaceWithVoid();
    }
}
