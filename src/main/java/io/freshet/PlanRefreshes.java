package io.freshet;

import io.freshet.catalog.Catalog;
import io.freshet.catalog.Usages;
import io.freshet.event.Target;
import io.freshet.event.Traces;
import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.ops.Story;
import io.freshet.ops.Tracing;
import io.freshet.plan.Batch;
import io.freshet.plan.Planner;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Resolves a batch of changes, and writes the refreshes that it means, or why it means none. */
@ApplicationScoped
class PlanRefreshes {

    /** Mode can't be asked now. */
    static final class ModeCantSay extends RuntimeException {
        ModeCantSay(Failure<?> failure) {
            super("Mode can't be asked: " + failure, null, false, false);
        }
    }

    private final Catalog catalog;
    private final Outbox outbox;
    private final Story story;
    private final Tracing tracing;
    private final Clock clock;

    PlanRefreshes(Catalog catalog, Outbox outbox, Story story, Tracing tracing, Clock clock) {
        this.catalog = catalog;
        this.outbox = outbox;
        this.story = story;
        this.tracing = tracing;
        this.clock = clock;
    }

    /** Fails where it must be tried again later, such as with {@link ModeCantSay}. */
    Uni<Void> of(Batch<Origin> batch) {
        return tracing.planning(batch, Origin::traces, traces -> Uni.createFrom()
                .deferred(() -> resolve(batch.account(), batch.target()))
                .flatMap(answer ->
                        answer.fold(usages -> plan(batch, usages, traces), failure -> refuse(batch, failure))));
    }

    private Uni<Answer<Usages>> resolve(String account, Target target) {
        return target.fold(
                dataSource -> catalog.ofDataSource(account, dataSource.token()),
                space -> catalog.ofSpace(account, space.token()),
                datasets -> catalog.ofDatasets(account, datasets.tokens()));
    }

    private Uni<Void> plan(Batch<Origin> batch, Usages usages, Traces traces) {
        var causes = batch.causes().in(traces);
        var refreshes = Planner.plan(batch.account(), usages, causes, clock.instant());
        var unknown = usages.unknownDatasets();
        return outbox.send(refreshes)
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
        return letter(batch, failure).invoke(() -> story.refused(batch));
    }

    private Uni<Void> letter(Batch<Origin> batch, Failure<?> failure) {
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
