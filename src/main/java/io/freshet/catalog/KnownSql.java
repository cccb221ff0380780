package io.freshet.catalog;

import io.freshet.event.ReportKey;
import io.freshet.mode.Dataset;
import io.freshet.tables.DatasetSql;
import io.freshet.tables.SqlTables;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * What is known of the SQL of datasets, of all data sources for which that was ever needed. It is saved, so that a restart
 * costs no call; and it goes with the dataset. Safe for several threads.
 */
@ApplicationScoped
public class KnownSql {

    private static final Logger LOG = Logger.getLogger(KnownSql.class);

    private final SqlStore store;
    private final Map<ReportKey, DatasetSql> known = new ConcurrentHashMap<>();

    KnownSql(SqlStore store) {
        this.store = store;
    }

    /** This was saved of workspaces that are this replica's from now on. */
    public void restored(Map<ReportKey, DatasetSql> all) {
        known.putAll(all);
    }

    /** The workspaces have gone to another replica. */
    public void left(Predicate<String> accounts) {
        known.keySet().removeIf(dataset -> accounts.test(dataset.account()));
    }

    /** What the dataset asks, if that is known since it was last edited. */
    Optional<SqlTables> find(String account, Dataset dataset) {
        return Optional.ofNullable(known.get(ReportKey.dataset(account, dataset.token())))
                .filter(sql -> dataset.editedAt().filter(sql::isOf).isPresent())
                .map(DatasetSql::tables);
    }

    /** Never fails: what can't be saved is known until the next restart. */
    Uni<Void> keep(ReportKey dataset, DatasetSql sql) {
        return save(dataset, Optional.of(sql)).invoke(() -> known.put(dataset, sql));
    }

    /**
     * Forgets those that the data source has no longer. Never fails.
     *
     * @param listed all that it has
     */
    Uni<Void> retain(String account, String dataSource, Collection<Dataset> listed) {
        var gone = gone(account, dataSource, listed.stream().map(Dataset::token).collect(Collectors.toSet()));
        if (gone.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        gone.forEach(known::remove);
        return Uni.join()
                .all(gone.stream()
                        .map(dataset -> save(dataset, Optional.empty()))
                        .toList())
                .andFailFast()
                .replaceWithVoid();
    }

    private List<ReportKey> gone(String account, String dataSource, Set<String> listed) {
        return known.entrySet().stream()
                .filter(one -> one.getKey().account().equals(account)
                        && one.getValue().dataSource().equals(dataSource)
                        && !listed.contains(one.getKey().reportToken()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Uni<Void> save(ReportKey dataset, Optional<DatasetSql> sql) {
        return store.keep(dataset, sql)
                .onFailure()
                .invoke(failure -> LOG.warnf(failure, "sql=unsaved dataset=%s", dataset))
                .onFailure()
                .recoverWithNull();
    }
}
