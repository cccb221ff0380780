package io.freshet.catalog;

import io.freshet.catalog.RunFilter.Members;
import io.freshet.event.Subject;
import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Success;
import io.freshet.mode.Dataset;
import io.freshet.mode.FullReport;
import io.freshet.mode.Mode;
import io.freshet.workspace.RunRules;
import io.freshet.workspace.Workspace;
import io.freshet.workspace.Workspaces;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the rules of a workspace mean now: Mode says what is in a Collection and on a data source. */
final class RunFilters {

    private final Listings listings;
    private final Workspaces workspaces;

    RunFilters(Listings listings, Workspaces workspaces) {
        this.listings = listings;
        this.workspaces = workspaces;
    }

    /** What is not to be run is left out. Fails where Mode can't say now what that is. */
    Uni<Answer<Usages>> apply(Mode mode, Usages usages) {
        var rules = workspaces.find(mode.account()).map(Workspace::rules).orElse(RunRules.ALL);
        if (rules.equals(RunRules.ALL)) {
            return Uni.createFrom().item(new Success<>(usages));
        }
        return members(mode, rules.include())
                .flatMap(answer -> answer.then(included -> members(mode, rules.exclude())
                        .map(excluded -> excluded.map(out -> new RunFilter(
                                        rules.isShadow(),
                                        Optional.of(included)
                                                .filter(any -> !rules.include().isEmpty()),
                                        out)
                                .apply(usages)))));
    }

    private Uni<Answer<Members>> members(Mode mode, Collection<Subject> subjects) {
        Uni<Answer<Members>> all = Uni.createFrom().item(new Success<>(Members.NONE));
        for (var subject : subjects) {
            all = all.flatMap(answer -> answer.then(
                    before -> members(mode, subject).map(more -> more.map(those -> together(before, those)))));
        }
        return all;
    }

    private static Members together(Members one, Members other) {
        return new Members(union(one.datasets(), other.datasets()), union(one.reports(), other.reports()));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        var both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    private Uni<Answer<Members>> members(Mode mode, Subject subject) {
        var token = subject.token();
        return switch (subject.kind()) {
            case REPORT -> Uni.createFrom().item(new Success<>(new Members(Set.of(), Set.of(token))));
            case DATASET -> Uni.createFrom().item(new Success<>(new Members(Set.of(token), Set.of())));
            case DATA_SOURCE -> datasets(mode, "/data_sources/" + token, one -> one.datasetsOfDataSource(token));
            case SPACE -> ofSpace(mode, token);
            case WORKSPACE, KEY -> throw new IllegalArgumentException("a rule names things of a workspace");
        };
    }

    private Uni<Answer<Members>> ofSpace(Mode mode, String space) {
        return datasets(mode, "/spaces/" + space, one -> one.datasetsOfSpace(space))
                .flatMap(answer -> answer.then(datasets ->
                        reports(mode, space).map(reports -> reports.map(those -> together(datasets, those)))));
    }

    private Uni<Answer<Members>> datasets(Mode mode, String path, Function<Mode, Uni<Answer<List<Dataset>>>> listing) {
        return listings.get(mode.account() + path, Instant.EPOCH, () -> listing.apply(mode))
                .map(answer -> tokens(answer, Dataset::token).map(tokens -> new Members(tokens, Set.of())));
    }

    private Uni<Answer<Members>> reports(Mode mode, String space) {
        return listings.get(
                        mode.account() + "/spaces/" + space + "/reports",
                        Instant.EPOCH,
                        () -> mode.reportsOfSpaceListing(space))
                .map(answer -> tokens(answer, FullReport::token).map(tokens -> new Members(Set.of(), tokens)));
    }

    /** Of what Mode doesn't know there is nothing. */
    private static <T> Answer<Set<String>> tokens(Answer<List<T>> answer, Function<T, String> token) {
        return answer.fold(
                all -> new Success<>(all.stream().map(token).collect(Collectors.toSet())),
                failure -> failure.kind().isTransient() ? failure.as() : new Success<>(Set.of()));
    }
}
