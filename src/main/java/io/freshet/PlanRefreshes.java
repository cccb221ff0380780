package io.freshet;

import static java.util.Objects.requireNonNull;

import io.freshet.catalog.Catalog;
import io.freshet.catalog.Usages;
import io.freshet.event.ChangeRefs;
import io.freshet.event.Refresh;
import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.plan.Batch;
import io.freshet.plan.Planner;
import io.freshet.plan.SurgeDetector;
import io.freshet.telemetry.Telemetry;
import io.freshet.telemetry.Tracing;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Resolves a batch of changes, and writes the refreshes that it means, or why it means none. */
@ApplicationScoped
class PlanRefreshes {

    /** Mode can't be asked now. */
    static final class ModeCantSay extends RuntimeException {
        ModeCantSay(Failure<?> failure) {
            super("Mode can't be asked: " + failure, null, false, false);
        }
    }

    private final SurgeDetector floods = new SurgeDetector();
    private final Catalog catalog;
    private final EventPublisher outbox;
    private final Telemetry telemetry;
    private final Tracing tracing;
    private final Clock clock;

    PlanRefreshes(Catalog catalog, EventPublisher outbox, Telemetry telemetry, Tracing tracing, Clock clock) {
        this.catalog = catalog;
        this.outbox = outbox;
        this.telemetry = telemetry;
        this.tracing = tracing;
        this.clock = clock;
    }

    /**
     * Begins with what is remembered of Mode, where all of it is, and then completes that with what Mode says now: no
     * change is done before. Fails where it must be tried again later, such as with {@link ModeCantSay}.
     */
    Uni<Void> of(Batch<PendingRecord> batch) {
        var begun = new AtomicReference<List<Refresh>>();
        var backfill = floods.isFlood(batch, clock.instant()) || batch.isBackfill();
        return tracing.planning(
                batch,
                PendingRecord::traces,
                traces -> plan(batch, batch.causes().in(traces), backfill, begun));
    }

    private static Uni<Answer<Usages>> resolve(Catalog catalog, Batch<PendingRecord> batch) {
        var account = batch.account();
        return batch.target()
                .fold(
                        dataSource -> catalog.ofDataSource(account, dataSource.token()),
                        space -> catalog.ofSpace(account, space.token()),
                        datasets -> catalog.ofDatasets(account, datasets.tokens()));
    }

    private Uni<Void> plan(
            Batch<PendingRecord> batch, ChangeRefs causes, boolean backfill, AtomicReference<List<Refresh>> begun) {
        Function<Usages, List<Refresh>> planner =
                usages -> Planner.plan(batch.account(), usages, causes, backfill, clock.instant());
        return Uni.createFrom()
                .deferred(() -> begin(batch, planner, begun))
                .chain(() -> resolve(catalog, batch))
                .flatMap(answer -> answer.fold(
                        usages -> complete(batch, planner.apply(usages), usages, requireNonNull(begun.get())),
                        failure -> refuse(batch, failure)));
    }

    /** Once, however often the rest of it has to be tried. */
    private Uni<Void> begin(
            Batch<PendingRecord> batch, Function<Usages, List<Refresh>> planner, AtomicReference<List<Refresh>> begun) {
        if (begun.get() != null) {
            return Uni.createFrom().voidItem();
        }
        return resolve(catalog.remembered(), batch)
                .map(answer -> answer.fold(planner, failure -> List.<Refresh>of()))
                .call(outbox::send)
                .invoke(begun::set)
                .replaceWithVoid();
    }

    private Uni<Void> complete(
            Batch<PendingRecord> batch, List<Refresh> refreshes, Usages usages, List<Refresh> begun) {
        var unknown = usages.unknownDatasets();
        return outbox.send(Planner.rest(refreshes, begun))
                .invoke(() -> telemetry.planned(batch, usages.reportsByDataset().size(), refreshes.size()))
                .chain(() -> unknown.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : deadLetter(
                                batch,
                                "dataset_not_found",
                                "Mode knows no dataset %s in %s: correct the token. Its other datasets were refreshed."
                                        .formatted(String.join(", ", unknown), batch.account())));
    }

    private Uni<Void> refuse(Batch<PendingRecord> batch, Failure<?> failure) {
        if (failure.kind().isTransient()) {
            return Uni.createFrom().failure(new ModeCantSay(failure));
        }
        return letter(batch, failure).invoke(() -> telemetry.refused(batch));
    }

    private Uni<Void> letter(Batch<PendingRecord> batch, Failure<?> failure) {
        var what = batch.target().fold(one -> "data source", one -> "space", one -> "dataset");
        var named = batch.target().fold(one -> one.token(), one -> one.token(), one -> String.join(", ", one.tokens()));
        if (failure.kind() == Kind.NOT_FOUND) {
            return deadLetter(
                    batch,
                    what.replace(' ', '_') + "_not_found",
                    "Mode knows no %s %s in %s: correct the token, and check that the API key may see it."
                            .formatted(what, named, batch.account()));
        }
        return deadLetter(
                batch,
                failure.kind().word(),
                "Mode refuses to tell what depends on the %s %s in %s: %s."
                        .formatted(what, named, batch.account(), failure.message()));
    }

    private Uni<Void> deadLetter(Batch<PendingRecord> batch, String code, String reason) {
        var buried = batch.origins().stream()
                .map(origin -> outbox.deadLetter(origin.arrival(), code, reason))
                .toList();
        return Uni.join().all(buried).andCollectFailures().replaceWithVoid();
    }
}
