package io.freshet.catalog;

import io.freshet.event.Target;
import io.freshet.mode.Answer;
import io.freshet.mode.Dataset;
import io.freshet.mode.DatasetRows;
import io.freshet.mode.Modes;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * When datasets were last run, with as few calls as can be, in the lowest lane. Those who ask for the same at the same time share
 * the calls. What Mode can't say now is missing in the result.
 */
@ApplicationScoped
public class LastRuns {

    /** Then nobody waits any more, and the calls that have not left don't leave. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Modes modes;
    private final ScheduledExecutorService timer;
    private final Listings listings;

    LastRuns(Modes modes, CatalogConfig config, Clock clock, @Identifier("timer") ScheduledExecutorService timer) {
        this.modes = modes;
        this.timer = timer;
        this.listings = new Listings(config, clock);
    }

    /**
     * Rows of these datasets, by their tokens.
     *
     * @param target what they were affected by
     * @param since what Mode was asked for earlier doesn't count
     */
    public Uni<Map<String, Dataset>> of(String account, Target target, SortedSet<String> datasets, Instant since) {
        var rows = modes.find(account)
                .orElseThrow(() -> new IllegalArgumentException("no workspace " + account))
                .datasetRows();
        var listed = target.fold(
                dataSource -> listed(() -> rows.ofDataSource(dataSource.token(), datasets)),
                space -> listed(() -> rows.ofSpace(space.token(), datasets)),
                named -> new NamedRows(rows, datasets).read(),
                report -> new NamedRows(rows, datasets).read());
        var key = "%s/%s#%s".formatted(account, target, String.join(",", datasets));
        return listings.get(key, since, () -> inTime(listed.flatMap(found -> withNewestRun(rows, datasets, found))))
                .map(answer -> answer.fold(found -> found, failure -> Map.of()));
    }

    private Uni<Answer<Map<String, Dataset>>> inTime(Uni<Answer<Map<String, Dataset>>> read) {
        return read.ifNoItem().after(PATIENCE).on(timer).recoverWithItem(new Answer.Success<>(Map.of()));
    }

    private static Uni<Map<String, Dataset>> listed(Supplier<Uni<Answer<List<Dataset>>>> listing) {
        return Uni.createFrom()
                .deferred(listing::get)
                .map(answer -> answer.<Collection<Dataset>>fold(rows -> rows, failure -> List.of()))
                .map(found -> found.stream().collect(Collectors.toMap(Dataset::token, row -> row, (one, same) -> one)));
    }

    /** If rows don't say when, the runs of one dataset do, at the price of a call: one that is stale is enough to know. */
    private static Uni<Answer<Map<String, Dataset>>> withNewestRun(
            DatasetRows rows, SortedSet<String> wanted, Map<String, Dataset> found) {
        var silent = found.values().stream()
                .filter(row -> wanted.contains(row.token()) && row.lastRunAt().isEmpty())
                .min((one, other) -> one.token().compareTo(other.token()));
        return silent.map(row -> rows.lastRun(row.token())
                        .map(answer -> answer.<Map<String, Dataset>>fold(
                                run -> {
                                    run.flatMap(newest -> newest.createdAt())
                                            .ifPresent(at -> found.put(row.token(), row.lastRunAt(at)));
                                    return found;
                                },
                                failure -> found)))
                .orElseGet(() -> Uni.createFrom().item(found))
                .map(Answer.Success::new);
    }
}
