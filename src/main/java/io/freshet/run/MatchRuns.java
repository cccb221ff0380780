package io.freshet.run;

import io.freshet.catalog.DataSources;
import io.freshet.ledger.Ledger;
import io.freshet.ledger.LedgerEntry;
import io.freshet.lineage.LineageKey;
import io.freshet.lineage.LineageRun;
import io.freshet.lineage.MatchTables;
import io.freshet.lineage.Matches;
import io.freshet.lineage.RunChanges;
import io.freshet.lineage.SourceAddress;
import io.freshet.lineage.UnmatchedNamespace;
import io.freshet.mode.Answer;
import io.freshet.mode.DataSource;
import io.freshet.telemetry.LineageRuns;
import io.freshet.workspace.LineageSettings;
import io.freshet.workspace.Workspaces;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;

/**
 * Finds the data sources that runs of OpenLineage have written to, and has the changes opened that this means. If Mode can't say
 * which there are, the runs wait.
 */
@ApplicationScoped
public class MatchRuns {

    private final DataSources dataSources;
    private final Workspaces workspaces;
    private final MatchTables matchTables;
    private final Ledger ledger;
    private final LineageRuns telemetry;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Map<String, EndedRuns> byAccount = new ConcurrentHashMap<>();

    MatchRuns(
            DataSources dataSources,
            Workspaces workspaces,
            LineageSettings settings,
            Ledger ledger,
            LineageRuns telemetry,
            Clock clock,
            @Identifier("timer") ScheduledExecutorService timer) {
        this.dataSources = dataSources;
        this.workspaces = workspaces;
        this.matchTables = new MatchTables(settings.mappings());
        this.ledger = ledger;
        this.telemetry = telemetry;
        this.clock = clock;
        this.timer = timer;
    }

    void restored(Map<LineageKey, LineageRun> runs) {
        runs.forEach((key, run) -> heard(key, Optional.of(run)));
    }

    /** This is known of a run now; nothing more follows from it, if that is empty. */
    void heard(LineageKey key, Optional<LineageRun> known) {
        known.filter(LineageRun::isComplete)
                .ifPresentOrElse(run -> of(key.account()).add(key, run), () -> forgotten(key));
    }

    private void forgotten(LineageKey key) {
        Optional.ofNullable(byAccount.get(key.account())).ifPresent(ended -> ended.forget(key));
    }

    private EndedRuns of(String account) {
        return byAccount.computeIfAbsent(
                account, first -> new EndedRuns(account, runs -> match(account, runs), telemetry, clock, timer));
    }

    /** The workspaces have gone to another replica. */
    void left(Predicate<String> accounts) {
        var theirs = byAccount.keySet().stream().filter(accounts).toList();
        theirs.forEach(account -> Optional.ofNullable(byAccount.remove(account)).ifPresent(EndedRuns::leave));
        theirs.forEach(account -> telemetry.waiting(account, 0));
    }

    /** What was no data source's since this replica owns the workspace, the last one first. */
    public List<UnmatchedNamespace> unmatched(String account) {
        return Optional.ofNullable(byAccount.get(account))
                .map(ended -> ended.unmatched().list())
                .orElse(List.of());
    }

    private Uni<Void> match(String account, Map<LineageKey, LineageRun> runs) {
        return addresses(account, runs).flatMap(addresses -> enter(account, runs, addresses));
    }

    /** Mode is asked again, before something counts as unmatched. */
    private Uni<List<SourceAddress>> addresses(String account, Map<LineageKey, LineageRun> runs) {
        if (runs.values().stream().noneMatch(run -> matchTables.needsDataSources(account, run.outputs()))) {
            return Uni.createFrom().item(List.of());
        }
        return dataSources
                .of(account)
                .map(MatchRuns::addresses)
                .flatMap(known -> isUnmatched(account, runs, known)
                        ? dataSources.ofNow(account).map(MatchRuns::addresses)
                        : Uni.createFrom().item(known));
    }

    private boolean isUnmatched(String account, Map<LineageKey, LineageRun> runs, List<SourceAddress> known) {
        return runs.values().stream()
                .anyMatch(run -> !matchesOf(account, run, known).unmatched().isEmpty());
    }

    private Uni<Void> enter(String account, Map<LineageKey, LineageRun> runs, List<SourceAddress> addresses) {
        var entries = new ArrayList<LedgerEntry>();
        var tellings = new ArrayList<Runnable>();
        runs.forEach((key, run) -> {
            var matches = matchesOf(account, run, addresses);
            var changes = RunChanges.of(key, run, matches);
            entries.add(new LedgerEntry.RunMatched(key, run, changes));
            tellings.add(() -> {
                telemetry.matched(account, changes.size(), matches.unmatched().size());
                of(account).unmatched().addAll(matches.unmatched(), clock.instant(), addresses);
            });
        });
        return ledger.enter(entries)
                .invoke(written -> tellings.forEach(Runnable::run))
                .replaceWithVoid();
    }

    /**
     * Of several data sources on one server, those are meant whose database is the table's; and those of table precision,
     * as SQL may name tables of other databases.
     */
    private Matches matchesOf(String account, LineageRun run, List<SourceAddress> addresses) {
        var workspace = workspaces.find(account);
        return matchTables.match(account, run.outputs(), addresses, dataSource -> workspace
                .filter(known -> known.precision().isOn(dataSource))
                .isPresent());
    }

    private static List<SourceAddress> addresses(Answer<List<DataSource>> answer) {
        return answer.fold(all -> all.stream().map(MatchRuns::address).toList(), failure -> {
            throw new PlanRefreshes.ModeCantSay(failure);
        });
    }

    private static SourceAddress address(DataSource source) {
        return new SourceAddress(
                source.token(),
                source.name(),
                source.adapter().isEmpty() ? source.vendor() : source.adapter(),
                source.host(),
                source.port(),
                source.database(),
                source.instance());
    }
}
