package io.freshet.catalog;

import io.freshet.event.ReportKey;
import io.freshet.mode.Answer;
import io.freshet.mode.Dataset;
import io.freshet.mode.Mode;
import io.freshet.tables.DatasetSql;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Reads the SQL of datasets that isn't known, in the lowest lane. Who waits for it waits for so long only; the reading goes on,
 * and the next one finds what it has come to.
 */
@ApplicationScoped
public class ReadSql {

    private static final Logger LOG = Logger.getLogger(ReadSql.class);
    private static final Duration AFTER_TROUBLE = Duration.ofMinutes(1);
    /** Mode refuses it, or there is no such SQL. */
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(10);

    private final KnownSql known;
    private final PrecisionConfig config;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Map<ReportKey, Instant> notBefore = new ConcurrentHashMap<>();
    /** What is being read, by workspace and data source. */
    private final Map<ReadingKey, CompletableFuture<Void>> underWay = new HashMap<>();

    private record ReadingKey(String account, String dataSource) {}

    ReadSql(KnownSql known, PrecisionConfig config, Clock clock, @Identifier("timer") ScheduledExecutorService timer) {
        this.known = known;
        this.config = config;
        this.clock = clock;
        this.timer = timer;
    }

    /** The workspaces have gone to another replica. */
    public void left(Predicate<String> accounts) {
        notBefore.keySet().removeIf(dataset -> accounts.test(dataset.account()));
        List<CompletableFuture<Void>> gone;
        synchronized (this) {
            gone = underWay.entrySet().stream()
                    .filter(one -> accounts.test(one.getKey().account()))
                    .map(Map.Entry::getValue)
                    .toList();
            underWay.keySet().removeIf(one -> accounts.test(one.account()));
        }
        gone.forEach(reading -> reading.cancel(false));
    }

    /** Ends when the SQL of these datasets is known as far as it can be now, when that takes too long, or when they have left. */
    Uni<Void> of(Mode mode, String dataSource, Collection<Dataset> datasets) {
        return all(mode, dataSource, datasets)
                .ifNoItem()
                .after(config.readWithin())
                .on(timer)
                .fail()
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> all(Mode mode, String dataSource, Collection<Dataset> datasets) {
        return Uni.createFrom().deferred(() -> {
            var unknown = datasets.stream()
                    .filter(dataset -> isToBeRead(mode.account(), dataset))
                    .toList();
            return unknown.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : shared(mode, dataSource, unknown).chain(() -> all(mode, dataSource, datasets));
        });
    }

    private boolean isToBeRead(String account, Dataset dataset) {
        var key = ReportKey.dataset(account, dataset.token());
        return dataset.editedAt().isPresent()
                && known.find(account, dataset).isEmpty()
                && !clock.instant().isBefore(notBefore.getOrDefault(key, Instant.MIN));
    }

    /** All who want some of a data source wait for what is under way, and then for what is still lacking. */
    private Uni<Void> shared(Mode mode, String dataSource, List<Dataset> unknown) {
        return Uni.createFrom()
                .completionStage(() ->
                        reading(mode, dataSource, unknown).copy()); // of its own, as whoever waits no longer cancels it
    }

    private synchronized CompletableFuture<Void> reading(Mode mode, String dataSource, List<Dataset> unknown) {
        var key = new ReadingKey(mode.account(), dataSource);
        var earlier = underWay.get(key);
        if (earlier != null && !earlier.isDone()) {
            return earlier;
        }
        var reading = readEach(mode, dataSource, unknown).subscribeAsCompletionStage();
        underWay.put(key, reading);
        return reading;
    }

    private Uni<Void> readEach(Mode mode, String dataSource, List<Dataset> unknown) {
        var each = unknown.stream()
                .map(dataset -> Uni.createFrom()
                        .deferred(() -> read(mode, dataSource, dataset))
                        .onFailure()
                        .recoverWithUni(failure ->
                                later(ReportKey.dataset(mode.account(), dataset.token()), failure, AFTER_TROUBLE)))
                .toList();
        return Uni.join()
                .all(each)
                .usingConcurrencyOf(AskEach.AT_ONCE)
                .andFailFast()
                .replaceWithVoid();
    }

    private Uni<Void> read(Mode mode, String dataSource, Dataset dataset) {
        var key = ReportKey.dataset(mode.account(), dataset.token());
        return mode.sqlTexts()
                .of(dataset.token())
                .flatMap(answer -> answer.fold(
                        sql -> known.keep(
                                key,
                                DatasetSql.of(dataSource, dataset.editedAt().orElseThrow(), sql)),
                        failure -> later(key, failure)));
    }

    private Uni<Void> later(ReportKey dataset, Answer.Failure<?> failure) {
        return later(dataset, failure, failure.kind().isTransient() ? AFTER_TROUBLE : AFTER_REFUSAL);
    }

    private Uni<Void> later(ReportKey dataset, Object why, Duration pause) {
        LOG.warnf("sql=unreadable dataset=%s %s", dataset, why);
        notBefore.put(dataset, clock.instant().plus(pause));
        return Uni.createFrom().voidItem();
    }
}
