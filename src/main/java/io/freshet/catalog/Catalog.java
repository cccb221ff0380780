package io.freshet.catalog;

import io.freshet.event.DisplayName;
import io.freshet.event.LeftOut;
import io.freshet.event.Target;
import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Answer.Success;
import io.freshet.mode.Dataset;
import io.freshet.mode.Mode;
import io.freshet.mode.Modes;
import io.freshet.workspace.Workspaces;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which reports use what has changed. Each listing is asked of Mode once for all that want it at the same time. {@code since}
 * says from when on Mode must have been asked: when the newest of the changes came.
 */
@ApplicationScoped
public class Catalog {

    static final String ARCHIVED = "archived";

    private final Modes modes;
    private final Listings listings;
    private final DatasetUsers users;
    private final RunFilters filters;
    private final MentionedDatasets mentioned;
    private final DataSources connected;
    private final DataSourcesSeen dataSources = new DataSourcesSeen();
    private final DecisiveSources decisive;

    Catalog(
            Modes modes,
            Workspaces workspaces,
            LearntSources learnt,
            Listings listings,
            MentionedDatasets mentioned,
            DataSources connected) {
        this.modes = modes;
        this.connected = connected;
        this.listings = listings;
        this.users = new DatasetUsers(listings);
        this.filters = new RunFilters(listings, workspaces);
        this.mentioned = mentioned;
        this.decisive = new DecisiveSources(listings, workspaces, learnt, dataSources);
    }

    /**
     * What a target means, but for what is not to be run; a report is a target of its own, and means no other.
     *
     * @param tables of the data source that is the target, if only these have changed
     */
    public Uni<Answer<Usages>> of(String account, Target target, Collection<String> tables, Instant since) {
        var mode = mode(account);
        return unfiltered(account, target, tables, since)
                .flatMap(answer -> answer.then(usages -> decisive.told(mode, usages)))
                .flatMap(answer -> answer.then(usages -> filters.apply(mode, usages)));
    }

    /** On which data source the dataset has been listed, if it has. */
    public Optional<String> dataSourceOf(String account, String dataset) {
        return dataSources.find(account, dataset);
    }

    private Uni<Answer<Usages>> unfiltered(String account, Target target, Collection<String> tables, Instant since) {
        return target.fold(
                dataSource -> listing(
                                account,
                                "/data_sources/" + dataSource.token(),
                                since,
                                mode -> mode.datasetsOfDataSource(dataSource.token()))
                        .flatMap(answer ->
                                answer.then(listed -> among(mode(account), dataSource.token(), listed, tables, since)))
                        .map(answer -> answer.map(usages ->
                                usages.called(dataSource.token(), connected.nameOf(account, dataSource.token())))),
                space -> listing(
                                account, "/spaces/" + space.token(), since, mode -> mode.datasetsOfSpace(space.token()))
                        .flatMap(answer -> answer.then(listed -> usages(mode(account), listed, since)
                                .map(used -> used.map(usages -> usages.called(space.token(), nameOf(space, listed)))))),
                datasets -> ofDatasets(account, datasets.tokens(), since),
                report -> ofReport(account, report));
    }

    /** Each of its datasets says it. */
    private static Optional<String> nameOf(Target.Space space, List<Dataset> listed) {
        return listed.stream()
                .filter(dataset -> dataset.spaceToken().equals(Optional.of(space.token())))
                .flatMap(dataset -> dataset.spaceName().stream())
                .findFirst()
                .flatMap(name -> DisplayName.of(name, space.token()));
    }

    /** The failure is of the kind NOT_FOUND where Mode knows no such data source or space. */
    private Uni<Answer<List<Dataset>>> listing(
            String account, String path, Instant since, Function<Mode, Uni<Answer<List<Dataset>>>> listing) {
        return listings.get(account + path, since, () -> listing.apply(mode(account)));
    }

    /** Of the datasets that a change isn't for, nobody needs to know who uses them. */
    private Uni<Answer<Usages>> among(
            Mode mode, String dataSource, List<Dataset> listed, Collection<String> tables, Instant since) {
        dataSources.listed(mode.account(), dataSource, listed);
        return mentioned.of(mode, dataSource, listed, tables).flatMap(those -> usages(mode, those.datasets(), since)
                .map(answer -> answer.map(usages -> usages.among(those))));
    }

    private Uni<Answer<Usages>> ofReport(String account, Target.Report report) {
        if (!report.datasets().isEmpty()) {
            return Uni.createFrom()
                    .item(new Success<>(dataSources.ofReport(account, report.token(), report.datasets(), Map.of())));
        }
        return mode(account)
                .report(report.token())
                .map(answer -> answer.map(full -> dataSources.ofReport(account, full)));
    }

    /** Datasets that Mode doesn't know are named in the result; where it knows none of them, that is a failure. */
    private Uni<Answer<Usages>> ofDatasets(String account, SortedSet<String> tokens, Instant since) {
        var mode = mode(account);
        return AskEach.of(tokens, token -> named(mode, token, since))
                .flatMap(answer -> answer.then(found -> {
                    var known = new ArrayList<Dataset>();
                    var gone = new TreeMap<String, Answer.Failure<?>>();
                    found.forEach(
                            (token, dataset) -> dataset.<Object>fold(known::add, failure -> gone.put(token, failure)));
                    return known.isEmpty()
                            ? Uni.createFrom().item(gone.firstEntry().getValue().as())
                            : usages(mode, known, since)
                                    .map(usages -> usages.map(all -> all.withUnknown(gone.navigableKeySet())));
                }));
    }

    /** The dataset, or why there is none; fails where that can't be said. */
    private Uni<Answer<Answer<Dataset>>> named(Mode mode, String token, Instant since) {
        return listings.get(mode.account() + "/datasets/" + token, since, () -> mode.dataset(token))
                .map(answer -> answer.fold(
                        dataset -> new Success<>(answer),
                        failure -> isGone(failure) ? new Success<>(answer) : failure.as()));
    }

    private Uni<Answer<Usages>> usages(Mode mode, Collection<Dataset> datasets, Instant since) {
        var live = datasets.stream()
                .filter(dataset -> !dataset.archived())
                .map(Dataset::token)
                .collect(Collectors.toCollection(TreeSet::new));
        var archived = datasets.stream()
                .filter(Dataset::archived)
                .map(dataset -> LeftOut.dataset(dataset.token(), ARCHIVED))
                .toList();
        var rows = dataSources.rows(mode.account(), datasets);
        var names = new HashMap<String, String>();
        datasets.forEach(dataset ->
                DisplayName.of(dataset.name(), dataset.token()).ifPresent(name -> names.put(dataset.token(), name)));
        return AskEach.of(live, dataset -> users.of(mode, dataset, since))
                .map(answer -> answer.map(users -> Usages.of(users, archived, rows, names)));
    }

    static boolean isGone(Answer.Failure<?> failure) {
        return failure.kind() == Kind.NOT_FOUND || failure.kind() == Kind.FORBIDDEN;
    }

    private Mode mode(String account) {
        return modes.find(account).orElseThrow(() -> new IllegalArgumentException("no workspace " + account));
    }
}
