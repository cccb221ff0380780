package io.freshet.catalog;

import io.freshet.event.Target;
import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Answer.Success;
import io.freshet.mode.Dataset;
import io.freshet.mode.Mode;
import io.freshet.mode.Modes;
import io.freshet.mode.Report;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Which reports use what has changed. Each listing is asked of Mode once for all that want it at the same time. {@code since}
 * says from when on Mode must have been asked: when the newest of the changes came.
 */
@ApplicationScoped
public class Catalog {

    private static final Logger LOG = Logger.getLogger(Catalog.class);

    private final Modes modes;
    private final Listings listings;

    Catalog(Modes modes, CatalogConfig config, Clock clock) {
        this.modes = modes;
        this.listings = new Listings(config, clock);
    }

    /** What a target means; a report is a target of its own, and means no other. */
    public Uni<Answer<Usages>> of(String account, Target target, Instant since) {
        return target.fold(
                dataSource -> ofListing(
                        account,
                        "/data_sources/" + dataSource.token(),
                        since,
                        mode -> mode.datasetsOfDataSource(dataSource.token())),
                space -> ofListing(
                        account, "/spaces/" + space.token(), since, mode -> mode.datasetsOfSpace(space.token())),
                datasets -> ofDatasets(account, datasets.tokens(), since),
                report -> ofReport(account, report));
    }

    /** The failure is of the kind NOT_FOUND where Mode knows no such data source or space. */
    private Uni<Answer<Usages>> ofListing(
            String account, String path, Instant since, Function<Mode, Uni<Answer<List<Dataset>>>> listing) {
        var mode = mode(account);
        return listings.get(account + path, since, () -> listing.apply(mode))
                .flatMap(answer -> answer.then(datasets -> usages(mode, datasets, since)));
    }

    private Uni<Answer<Usages>> ofReport(String account, Target.Report report) {
        if (!report.datasets().isEmpty()) {
            return Uni.createFrom().item(new Success<>(Usages.ofReport(report.token(), report.datasets())));
        }
        return mode(account)
                .importedDatasets(report.token())
                .map(answer -> answer.map(
                        imported -> Usages.ofReport(report.token(), imported.orElseGet(Collections::emptySortedSet))));
    }

    /** Datasets that Mode doesn't know are named in the result. */
    private Uni<Answer<Usages>> ofDatasets(String account, SortedSet<String> tokens, Instant since) {
        var mode = mode(account);
        return all(tokens, token -> named(mode, token, since))
                .flatMap(answer -> answer.then(found -> {
                    var known =
                            found.values().stream().flatMap(Optional::stream).toList();
                    var unknown = new TreeSet<>(tokens);
                    found.forEach((token, dataset) -> dataset.ifPresent(present -> unknown.remove(token)));
                    return usages(mode, known, since).map(usages -> usages.map(all -> all.withUnknown(unknown)));
                }));
    }

    private Uni<Answer<Optional<Dataset>>> named(Mode mode, String token, Instant since) {
        return listings.get(mode.account() + "/datasets/" + token, since, () -> mode.dataset(token))
                .map(answer -> answer.fold(
                        dataset -> new Success<>(Optional.of(dataset)),
                        failure -> isGone(failure) ? new Success<>(Optional.empty()) : failure.as()));
    }

    private Uni<Answer<Usages>> usages(Mode mode, Collection<Dataset> datasets, Instant since) {
        var live = datasets.stream()
                .filter(dataset -> !dataset.archived())
                .map(Dataset::token)
                .collect(Collectors.toCollection(TreeSet::new));
        var runtimes = new HashMap<String, Duration>();
        datasets.forEach(
                dataset -> dataset.expectedRuntime().ifPresent(runtime -> runtimes.put(dataset.token(), runtime)));
        return all(live, dataset -> users(mode, dataset, since))
                .map(answer -> answer.map(reports -> Usages.of(reports, runtimes)));
    }

    private Uni<Answer<SortedSet<String>>> users(Mode mode, String dataset, Instant since) {
        return listings.get(
                        mode.account() + "/datasets/" + dataset + "/reports",
                        since,
                        () -> mode.reportsOfDataset(dataset))
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
