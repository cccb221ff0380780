package io.freshet;

import static java.util.Objects.requireNonNull;

import io.freshet.catalog.Catalog;
import io.freshet.catalog.Usages;
import io.freshet.event.Refresh;
import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.ops.Story;
import io.freshet.plan.Batch;
import io.freshet.plan.Floods;
import io.freshet.plan.Planner;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Resolves a batch of changes, and writes the refreshes that it means, or why it means none. */
@ApplicationScoped
class PlanRefreshes {

    /** Mode can't be asked now. */
    static final class ModeCantSay extends RuntimeException {
        ModeCantSay(Failure<?> failure) {
            super("Mode can't be asked: " + failure, null, false, false);
        }
    }

    private final Floods floods = new Floods();
    private final Catalog catalog;
    private final Outbox outbox;
    private final Story story;
    private final Clock clock;

    PlanRefreshes(Catalog catalog, Outbox outbox, Story story, Clock clock) {
        this.catalog = catalog;
        this.outbox = outbox;
        this.story = story;
        this.clock = clock;
    }

    /**
     * Begins with what is remembered of Mode, where all of it is, and then completes that with what Mode says now: no
     * change is done before. Fails where it must be tried again later, such as with {@link ModeCantSay}.
     */
    Uni<Void> of(Batch<Origin> batch) {
        var begun = new AtomicReference<List<Refresh>>();
        var backfill = floods.isFlood(batch, clock.instant()) || batch.isBackfill();
        return Uni.createFrom()
                .deferred(() -> begin(batch, backfill, begun))
                .chain(() -> resolve(catalog, batch))
                .flatMap(answer -> answer.fold(
                        usages -> complete(batch, plan(batch, usages, backfill), usages, requireNonNull(begun.get())),
                        failure -> refuse(batch, failure)));
    }

    private static Uni<Answer<Usages>> resolve(Catalog catalog, Batch<Origin> batch) {
        var account = batch.account();
        return batch.target()
                .fold(
                        dataSource -> catalog.ofDataSource(account, dataSource.token()),
                        space -> catalog.ofSpace(account, space.token()),
                        datasets -> catalog.ofDatasets(account, datasets.tokens()));
    }

    /** Once, however often the rest of it has to be tried. */
    private Uni<Void> begin(Batch<Origin> batch, boolean backfill, AtomicReference<List<Refresh>> begun) {
        if (begun.get() != null) {
            return Uni.createFrom().voidItem();
        }
        return resolve(catalog.remembered(), batch)
                .map(answer -> answer.fold(usages -> plan(batch, usages, backfill), failure -> List.<Refresh>of()))
                .call(outbox::send)
                .invoke(begun::set)
                .replaceWithVoid();
    }

    private List<Refresh> plan(Batch<Origin> batch, Usages usages, boolean backfill) {
        return Planner.plan(batch.account(), usages, batch.causes(), backfill, clock.instant());
    }

    private Uni<Void> complete(Batch<Origin> batch, List<Refresh> refreshes, Usages usages, List<Refresh> begun) {
        var unknown = usages.unknownDatasets();
        return outbox.send(Planner.rest(refreshes, begun))
                .invoke(() -> story.planned(batch, usages.reportsByDataset().size(), refreshes.size()))
                .chain(() -> unknown.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : bury(
                                batch,
                                "dataset_not_found",
                                "Mode knows no dataset %s in %s: correct the token. Its other datasets were refreshed."
                                        .formatted(String.join(", ", unknown), batch.account())));
    }

    private Uni<Void> refuse(Batch<Origin> batch, Failure<?> failure) {
        if (failure.kind().isTransient()) {
            return Uni.createFrom().failure(new ModeCantSay(failure));
        }
        var what = batch.target().fold(one -> "data source", one -> "space", one -> "dataset");
        var named = batch.target().fold(one -> one.token(), one -> one.token(), one -> String.join(", ", one.tokens()));
        if (failure.kind() == Kind.NOT_FOUND) {
            return bury(
                    batch,
                    what.replace(' ', '_') + "_not_found",
                    "Mode knows no %s %s in %s: correct the token, and check that the API key may see it."
                            .formatted(what, named, batch.account()));
        }
        return bury(
                batch,
                failure.kind().word(),
                "Mode refuses to tell what depends on the %s %s in %s: %s."
                        .formatted(what, named, batch.account(), failure.message()));
    }

    private Uni<Void> bury(Batch<Origin> batch, String code, String reason) {
        var buried = batch.origins().stream()
                .map(origin -> outbox.bury(origin.arrival(), code, reason))
                .toList();
        return Uni.join().all(buried).andCollectFailures().replaceWithVoid();
    }
}
