package io.freshet.catalog;

import io.freshet.event.Target;
import io.freshet.mode.FullReport;
import io.freshet.mode.Mode;
import io.freshet.mode.Modes;
import io.freshet.workspace.Objective;
import io.freshet.workspace.Objectives;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Which objectives count the changes of a target, for each report that is to show them. */
@ApplicationScoped
public class ReportsOfObjectives {

    private static final Logger LOG = Logger.getLogger(ReportsOfObjectives.class);

    private final Objectives objectives;
    private final Modes modes;
    private final Listings listings;

    ReportsOfObjectives(Objectives objectives, Modes modes, CatalogConfig config, Clock clock) {
        this.objectives = objectives;
        this.modes = modes;
        this.listings = new Listings(config, clock);
    }

    /** Names of objectives by the tokens of reports. Of a Collection that Mode doesn't list now, no report is known. */
    public Uni<Map<String, SortedSet<String>>> of(String account, Target target, Usages usages) {
        var mine = objectives.of(account);
        return reportsBySpace(account, mine).map(reportsBySpace -> {
            var names = new TreeMap<String, SortedSet<String>>();
            mine.forEach(objective -> reports(objective, target, usages, reportsBySpace)
                    .forEach(report -> names.computeIfAbsent(report, first -> new TreeSet<>())
                            .add(objective.name())));
            return names;
        });
    }

    private static Set<String> reports(
            Objective objective, Target target, Usages usages, Map<String, Set<String>> reportsBySpace) {
        var reports = new TreeSet<String>();
        usages.reportsByDataset().forEach((dataset, users) -> {
            if (isOnOne(objective.dataSources(), target, usages.row(dataset))) {
                reports.addAll(users);
            } else {
                users.stream()
                        .filter(report -> objective.reports().contains(report)
                                || objective.spaces().stream().anyMatch(space -> reportsBySpace
                                        .getOrDefault(space, Set.of())
                                        .contains(report)))
                        .forEach(reports::add);
            }
        });
        return reports;
    }

    private static boolean isOnOne(Set<String> dataSources, Target target, DatasetRow dataset) {
        return target.dataSource()
                .or(dataset::dataSource)
                .filter(dataSources::contains)
                .isPresent();
    }

    private Uni<Map<String, Set<String>>> reportsBySpace(String account, Collection<Objective> mine) {
        var spaces = mine.stream().flatMap(one -> one.spaces().stream()).collect(Collectors.toSet());
        Uni<Map<String, Set<String>>> all = Uni.createFrom().item(new HashMap<>());
        for (var space : spaces) {
            all = all.flatMap(before -> reports(account, space).map(reports -> {
                before.put(space, reports);
                return before;
            }));
        }
        return all;
    }

    /** Planning doesn't wait for who looks at it. */
    private Uni<Set<String>> reports(String account, String space) {
        return modes.find(account).map(mode -> reports(mode, space)).orElseGet(() -> Uni.createFrom()
                .item(Set.of()));
    }

    private Uni<Set<String>> reports(Mode mode, String space) {
        return listings.get(
                        mode.account() + "/spaces/" + space + "/reports",
                        Instant.EPOCH,
                        () -> mode.reportsOfSpaceListing(space))
                .map(answer -> answer.fold(
                        reports -> reports.stream().map(FullReport::token).collect(Collectors.toSet()), failure -> {
                            LOG.warnf(
                                    "objectives=unsure account=%s space=%s %s: its reports count for none of them now",
                                    mode.account(), space, failure);
                            return Set.of();
                        }));
    }
}
