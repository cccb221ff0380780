package io.freshet.run;

import io.freshet.catalog.Catalog;
import io.freshet.event.FactKey;
import io.freshet.event.Subject;
import io.freshet.ledger.LedgerEntry;
import io.freshet.ledger.WorkspaceFacts;
import io.freshet.mode.Dataset;
import io.freshet.plan.RunFirst;
import io.freshet.state.DataProof;
import io.freshet.state.OpenBatch;
import io.freshet.workspace.DatasetsFirst;
import io.freshet.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where Mode's own data show that runs of reports leave a dataset as it was, the datasets of its data source are to run first from
 * the next batch on, unless a setting says whether they are.
 */
@ApplicationScoped
class LearnDatasetsFirst {

    private final WorkspaceFacts facts;
    private final Workspaces workspaces;
    private final Catalog catalog;

    LearnDatasetsFirst(WorkspaceFacts facts, Workspaces workspaces, Catalog catalog) {
        this.facts = facts;
        this.workspaces = workspaces;
        this.catalog = catalog;
    }

    /** What is to be entered together with the proof; none if it teaches nothing new. */
    List<LedgerEntry> from(OpenBatch batch, DataProof proof, Map<String, Dataset> rows) {
        var account = batch.key().account();
        var subjects = new HashSet<Subject>();
        var learnt = new ArrayList<LedgerEntry>();
        for (var dataset : proof.teaching()) {
            var dataSource = batch.target()
                    .dataSource()
                    .or(() -> Optional.ofNullable(rows.get(dataset)).flatMap(Dataset::dataSource))
                    .or(() -> catalog.dataSourceOf(account, dataset));
            var subject = RunFirst.subject(batch.target(), dataSource, dataset);
            if (mayLearn(account, dataSource) && !facts.isLearnt(account, subject) && subjects.add(subject)) {
                learnt.add(new LedgerEntry.FactAdded(
                        FactKey.learnt(account, subject), why(batch, dataset), Optional.empty()));
            }
        }
        return learnt;
    }

    private boolean mayLearn(String account, Optional<String> dataSource) {
        return workspaces
                .find(account)
                .filter(workspace -> workspace.datasetsFirst().rule(dataSource) == DatasetsFirst.Rule.AUTO)
                .isPresent();
    }

    private static String why(OpenBatch batch, String dataset) {
        return "batch %d: dataset %s was last run before the change, though the runs of its reports succeeded"
                .formatted(batch.key().number(), dataset);
    }
}
