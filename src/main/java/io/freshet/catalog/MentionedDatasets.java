package io.freshet.catalog;

import io.freshet.mode.Dataset;
import io.freshet.mode.Mode;
import io.freshet.tables.SqlTables;
import io.freshet.tables.TableName;
import io.freshet.workspace.Workspaces;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/** Finds the datasets of a data source that a change of tables is for: by their SQL, as far as that can be had soon. */
@ApplicationScoped
class MentionedDatasets {

    private final Workspaces workspaces;
    private final KnownSql known;
    private final ReadSql read;
    private final DefinedSql defined;
    private final Executor workers;

    MentionedDatasets(
            Workspaces workspaces,
            KnownSql known,
            ReadSql read,
            DefinedSql defined,
            @Identifier("workers") Executor workers) {
        this.workspaces = workspaces;
        this.known = known;
        this.read = read;
        this.defined = defined;
        this.workers = workers;
    }

    /**
     * Never fails.
     *
     * @param listed all datasets of the data source
     * @param changed names of the tables that have changed; none if the change is for all datasets
     */
    Uni<Mentioned> of(Mode mode, String dataSource, List<Dataset> listed, Collection<String> changed) {
        return workspaces
                .find(mode.account())
                .flatMap(workspace -> workspace.precision().tables(dataSource, changed))
                .map(tables -> among(mode, dataSource, listed, tables))
                .orElseGet(() -> Uni.createFrom().item(Mentioned.all(listed)));
    }

    private Uni<Mentioned> among(Mode mode, String dataSource, List<Dataset> listed, Set<TableName> tables) {
        return known.retain(mode.account(), dataSource, listed)
                .chain(() -> read.of(mode, dataSource, listed))
                .chain(() -> definitions(mode, listed))
                .emitOn(workers) // many names in many texts are more than a thread of the network has time for
                .map(definitions -> Mentioned.of(listed, tables, dataset -> sql(mode.account(), dataset, definitions)));
    }

    private Uni<Map<String, SqlTables>> definitions(Mode mode, List<Dataset> listed) {
        var areUsed = listed.stream()
                .flatMap(dataset -> known.find(mode.account(), dataset).stream())
                .anyMatch(sql -> !sql.definitions().isEmpty());
        return areUsed ? defined.of(mode) : Uni.createFrom().item(Map.of());
    }

    private SqlTables sql(String account, Dataset dataset, Map<String, SqlTables> definitions) {
        return known.find(account, dataset)
                .map(sql -> sql.withDefinitions(definitions))
                .orElseGet(SqlTables::unreadable);
    }
}
