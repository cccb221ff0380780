package io.freshet.run;

import io.freshet.event.FactKey;
import io.freshet.event.Subject;
import io.freshet.event.Target;
import io.freshet.ledger.LedgerEntry;
import io.freshet.ledger.WorkspaceFacts;
import io.freshet.mode.Dataset;
import io.freshet.state.DataProof;
import io.freshet.state.OpenBatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where Mode's own data show that runs of reports leave a dataset as it was, the datasets of its data source are to run first from
 * the next batch on.
 */
@ApplicationScoped
class LearnDatasetsFirst {

    private final WorkspaceFacts facts;

    LearnDatasetsFirst(WorkspaceFacts facts) {
        this.facts = facts;
    }

    /** What is to be entered together with the proof; none if it teaches nothing new. */
    List<LedgerEntry> from(OpenBatch batch, DataProof proof, Map<String, Dataset> rows) {
        var account = batch.key().account();
        var datasetBySubject = proof.teaching().stream()
                .collect(Collectors.toMap(
                        dataset -> subject(batch.target(), dataset, Optional.ofNullable(rows.get(dataset))),
                        dataset -> dataset,
                        (first, other) -> first));
        return datasetBySubject.entrySet().stream()
                .filter(one -> !facts.isLearnt(account, one.getKey()))
                .<LedgerEntry>map(one -> new LedgerEntry.FactAdded(
                        FactKey.learnt(account, one.getKey()), why(batch, one.getValue()), Optional.empty()))
                .toList();
    }

    private static Subject subject(Target target, String dataset, Optional<Dataset> row) {
        return row.flatMap(Dataset::dataSource)
                .map(Subject::dataSource)
                .orElseGet(() -> target.fold(
                        dataSource -> Subject.dataSource(dataSource.token()),
                        space -> Subject.space(space.token()),
                        datasets -> Subject.dataset(dataset),
                        report -> Subject.dataset(dataset)));
    }

    private static String why(OpenBatch batch, String dataset) {
        return "batch %d: dataset %s was last run before the change, though the runs of its reports succeeded"
                .formatted(batch.key().number(), dataset);
    }
}
