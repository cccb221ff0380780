package io.freshet.catalog;

import io.freshet.event.Target;
import io.freshet.mode.Answer;
import io.freshet.mode.Dataset;
import io.freshet.mode.FullReport;
import io.freshet.mode.Mode;
import io.freshet.mode.Modes;
import io.freshet.workspace.Objective;
import io.freshet.workspace.Objectives;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Which objectives count the changes of a target, for each report that is to show them. */
@ApplicationScoped
public class ReportsOfObjectives {

    private static final Logger LOG = Logger.getLogger(ReportsOfObjectives.class);

    private final Objectives objectives;
    private final Modes modes;
    private final Listings listings;

    ReportsOfObjectives(Objectives objectives, Modes modes, Listings listings) {
        this.objectives = objectives;
        this.modes = modes;
        this.listings = listings;
    }

    /** What Mode lists of a Collection, or of a data source, by the token of that. */
    private record Members(Map<String, Set<String>> reportsBySpace, Map<String, Set<String>> datasetsBySource) {

        private boolean hasReport(Objective objective, String report) {
            return objective.reports().contains(report) || isIn(objective.spaces(), reportsBySpace, report);
        }

        private boolean isOnOne(Objective objective, Target target, String dataset) {
            return target.dataSource()
                    .map(objective.dataSources()::contains)
                    .orElseGet(() -> isIn(objective.dataSources(), datasetsBySource, dataset));
        }

        private static boolean isIn(Set<String> tokens, Map<String, Set<String>> members, String one) {
            return tokens.stream()
                    .anyMatch(token -> members.getOrDefault(token, Set.of()).contains(one));
        }
    }

    /** Names of objectives by the tokens of reports. Of what Mode doesn't list now, nothing is known. */
    public Uni<Map<String, SortedSet<String>>> of(String account, Target target, Usages usages) {
        var mine = objectives.of(account);
        return members(account, target, mine).map(members -> {
            var names = new TreeMap<String, SortedSet<String>>();
            mine.forEach(objective -> reports(objective, target, usages, members)
                    .forEach(report -> names.computeIfAbsent(report, first -> new TreeSet<>())
                            .add(objective.name())));
            return names;
        });
    }

    private static Set<String> reports(Objective objective, Target target, Usages usages, Members members) {
        var reports = new TreeSet<String>();
        usages.reportsByDataset().forEach((dataset, users) -> users.stream()
                .filter(report -> members.isOnOne(objective, target, dataset) || members.hasReport(objective, report))
                .forEach(reports::add));
        return reports;
    }

    /** Of a dataset Mode says in the listing of its data source only on which one it is. */
    private Uni<Members> members(String account, Target target, Collection<Objective> mine) {
        var spaces = tokens(mine, Objective::spaces);
        var sources = target.dataSource().isPresent() ? Set.<String>of() : tokens(mine, Objective::dataSources);
        return each(
                        spaces,
                        space -> listed(
                                account,
                                "/spaces/" + space + "/reports",
                                mode -> mode.reportsOfSpaceListing(space),
                                FullReport::token))
                .flatMap(reports -> each(
                                sources,
                                source -> listed(
                                        account,
                                        "/data_sources/" + source,
                                        mode -> mode.datasetsOfDataSource(source),
                                        Dataset::token))
                        .map(datasets -> new Members(reports, datasets)));
    }

    private static Set<String> tokens(Collection<Objective> mine, Function<Objective, Set<String>> of) {
        return mine.stream().flatMap(one -> of.apply(one).stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Uni<Map<String, Set<String>>> each(Set<String> tokens, Function<String, Uni<Set<String>>> listing) {
        Uni<Map<String, Set<String>>> all = Uni.createFrom().item(new HashMap<>());
        for (var token : tokens) {
            all = all.flatMap(before -> listing.apply(token).map(members -> {
                before.put(token, members);
                return before;
            }));
        }
        return all;
    }

    /** Planning doesn't wait for who looks at it. */
    private <T> Uni<Set<String>> listed(
            String account, String path, Function<Mode, Uni<Answer<List<T>>>> listing, Function<T, String> token) {
        var mode = modes.find(account);
        if (mode.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return listings.get(account + path, Instant.EPOCH, () -> listing.apply(mode.get()))
                .map(answer -> answer.fold(all -> all.stream().map(token).collect(Collectors.toSet()), failure -> {
                    LOG.warnf("objectives=unsure account=%s path=%s %s: none counts these now", account, path, failure);
                    return Set.of();
                }));
    }
}
