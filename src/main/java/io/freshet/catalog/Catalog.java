package io.freshet.catalog;

import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Answer.Success;
import io.freshet.mode.Dataset;
import io.freshet.mode.Mode;
import io.freshet.mode.Modes;
import io.freshet.mode.Report;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Which reports use what has changed. Each listing is asked of Mode once for all that want it at the same time, and
 * kept for {@link CatalogConfig#ttl()}.
 *
 * <p>What is older is {@linkplain #remembered() remembered}: good to begin with, and never enough. A report that has come
 * to use a dataset since would be left out, so whoever plans with it must ask as well, and plan the rest.
 */
@ApplicationScoped
public class Catalog {

    private static final Logger LOG = Logger.getLogger(Catalog.class);

    private final Modes modes;
    private final Answers listings;
    private final Supplier<Answers> memory;

    @Inject
    Catalog(Modes modes, CatalogConfig config) {
        this(modes, new Listings(config));
    }

    private Catalog(Modes modes, Listings listings) {
        this(modes, listings, listings::remembered);
    }

    private Catalog(Modes modes, Answers listings, Supplier<Answers> memory) {
        this.modes = modes;
        this.listings = listings;
        this.memory = memory;
    }

    /** The same from memory: Mode is not asked, and what isn't all remembered is a failure. */
    public Catalog remembered() {
        return new Catalog(modes, memory.get(), memory);
    }

    /** The failure is of the kind NOT_FOUND where Mode knows no such data source. */
    public Uni<Answer<Usages>> ofDataSource(String account, String dataSource) {
        var mode = mode(account);
        return listings.get(account + "/data_sources/" + dataSource, () -> mode.datasetsOfDataSource(dataSource))
                .flatMap(answer -> then(answer, datasets -> usages(mode, datasets)));
    }

    /** The failure is of the kind NOT_FOUND where Mode knows no such space. */
    public Uni<Answer<Usages>> ofSpace(String account, String space) {
        var mode = mode(account);
        return listings.get(account + "/spaces/" + space, () -> mode.datasetsOfSpace(space))
                .flatMap(answer -> then(answer, datasets -> usages(mode, datasets)));
    }

    /** Datasets that Mode doesn't know are named in the result. */
    public Uni<Answer<Usages>> ofDatasets(String account, SortedSet<String> tokens) {
        var mode = mode(account);
        return all(tokens, token -> named(mode, token))
                .flatMap(answer -> then(answer, found -> {
                    var known =
                            found.values().stream().flatMap(Optional::stream).toList();
                    var unknown = new TreeSet<>(tokens);
                    found.forEach((token, dataset) -> dataset.ifPresent(present -> unknown.remove(token)));
                    return usages(mode, known).map(usages -> usages.map(all -> all.withUnknown(unknown)));
                }));
    }

    private Uni<Answer<Optional<Dataset>>> named(Mode mode, String token) {
        return listings.get(mode.account() + "/datasets/" + token, () -> mode.dataset(token))
                .map(answer -> answer.fold(
                        dataset -> new Success<>(Optional.of(dataset)),
                        failure -> isGone(failure) ? new Success<>(Optional.empty()) : failure.as()));
    }

    private Uni<Answer<Usages>> usages(Mode mode, Collection<Dataset> datasets) {
        var live = datasets.stream()
                .filter(dataset -> !dataset.archived())
                .map(Dataset::token)
                .collect(Collectors.toCollection(TreeSet::new));
        var runtimes = new HashMap<String, Duration>();
        datasets.forEach(
                dataset -> dataset.expectedRuntime().ifPresent(runtime -> runtimes.put(dataset.token(), runtime)));
        return all(live, dataset -> users(mode, dataset))
                .map(answer -> answer.map(reports -> Usages.of(reports, runtimes)));
    }

    private Uni<Answer<SortedSet<String>>> users(Mode mode, String dataset) {
        return listings.get(mode.account() + "/datasets/" + dataset + "/reports", () -> mode.reportsOfDataset(dataset))
                .map(answer -> answer.fold(
                        reports -> new Success<>(live(reports)),
                        // One dataset that was deleted since it was listed, or is out of bounds, holds no other.
                        failure -> isGone(failure) ? nobody(mode, dataset, failure) : failure.as()));
    }

    private Answer<SortedSet<String>> nobody(Mode mode, String dataset, Answer.Failure<?> failure) {
        listings.forget(mode.account() + "/datasets/" + dataset);
        LOG.warnf("dataset=skipped account=%s dataset=%s %s", mode.account(), dataset, failure);
        return new Success<>(new TreeSet<>());
    }

    private static boolean isGone(Answer.Failure<?> failure) {
        return failure.kind() == Kind.NOT_FOUND || failure.kind() == Kind.FORBIDDEN;
    }

    private static SortedSet<String> live(List<Report> reports) {
        return reports.stream()
                .filter(report -> !report.archived())
                .map(Report::token)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Mode mode(String account) {
        return modes.find(account).orElseThrow(() -> new IllegalArgumentException("no workspace " + account));
    }

    private static <A, B> Uni<Answer<B>> then(Answer<A> answer, Function<A, Uni<Answer<B>>> next) {
        return answer.fold(next, failure -> Uni.createFrom().item(failure.as()));
    }

    /** Asks for each token, together; the first failure stands for all. */
    private static <T> Uni<Answer<Map<String, T>>> all(SortedSet<String> tokens, Function<String, Uni<Answer<T>>> ask) {
        if (tokens.isEmpty()) {
            return Uni.createFrom().item(new Success<>(Map.of()));
        }
        var asked = tokens.stream()
                .map(token -> ask.apply(token).map(answer -> Map.entry(token, answer)))
                .toList();
        return Uni.join().all(asked).andFailFast().map(Catalog::together);
    }

    private static <T> Answer<Map<String, T>> together(List<Map.Entry<String, Answer<T>>> answers) {
        var values = new HashMap<String, T>();
        for (var one : answers) {
            Optional<Answer.Failure<?>> failed = one.getValue()
                    .fold(
                            value -> {
                                values.put(one.getKey(), value);
                                return Optional.empty();
                            },
                            Optional::of);
            if (failed.isPresent()) {
                return failed.get().as();
            }
        }
        return new Success<>(values);
    }
}
