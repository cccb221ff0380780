package io.freshet.catalog;

import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Success;
import io.freshet.mode.Mode;
import io.freshet.workspace.DatasetsFirst;
import io.freshet.workspace.Workspace;
import io.freshet.workspace.Workspaces;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Data sources of which something is learnt or set by itself: whether a dataset is on one decides whether it runs first, however a
 * change names it. Each of them is listed once after a start, as soon as that is in doubt for a dataset.
 */
final class DecisiveSources {

    private final Listings listings;
    private final Workspaces workspaces;
    private final LearntSources learnt;
    private final DataSourcesSeen seen;

    DecisiveSources(Listings listings, Workspaces workspaces, LearntSources learnt, DataSourcesSeen seen) {
        this.listings = listings;
        this.workspaces = workspaces;
        this.learnt = learnt;
        this.seen = seen;
    }

    /** The same, with the data source of each dataset as far as it matters. What Mode can't say now is asked the next time. */
    Uni<Answer<Usages>> told(Mode mode, Usages usages) {
        var unlisted = usages.areAllPlaced() ? new TreeSet<String>() : unlisted(mode.account());
        return unlisted.isEmpty()
                ? Uni.createFrom().item(new Success<>(usages))
                : AskEach.of(unlisted, token -> list(mode, token))
                        .map(asked -> asked.map(all -> usages.placed(dataset -> seen.find(mode.account(), dataset))));
    }

    private SortedSet<String> unlisted(String account) {
        var sources = workspaces
                .find(account)
                .map(Workspace::datasetsFirst)
                .map(settings -> decisive(account, settings))
                .orElseGet(TreeSet::new);
        sources.removeIf(token -> seen.isListed(account, token));
        return sources;
    }

    private SortedSet<String> decisive(String account, DatasetsFirst settings) {
        var sources = new TreeSet<>(settings.byDataSource().keySet());
        if (settings.otherwise() == DatasetsFirst.Rule.AUTO) {
            sources.addAll(learnt.of(account));
        }
        return sources;
    }

    /** Never fails: a change doesn't wait for what another data source is listed for. */
    private Uni<Answer<Boolean>> list(Mode mode, String token) {
        return listings.get(
                        mode.account() + "/data_sources/" + token,
                        Instant.EPOCH,
                        () -> mode.datasetsOfDataSource(token))
                .map(answer -> answer.fold(
                        datasets -> {
                            seen.listed(mode.account(), token, datasets);
                            return new Success<>(true);
                        },
                        failure -> {
                            if (!failure.kind().isTransient()) {
                                seen.listed(mode.account(), token, List.of());
                            }
                            return new Success<>(false);
                        }));
    }
}
