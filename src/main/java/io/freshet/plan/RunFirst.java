package io.freshet.plan;

import io.freshet.catalog.DatasetRow;
import io.freshet.event.Subject;
import io.freshet.event.Target;
import io.freshet.workspace.DatasetsFirst;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Decides which datasets of a batch are run before the reports that import them. */
public final class RunFirst {

    private final Function<String, DatasetsFirst> settings;
    private final LearntFacts learnt;
    private final RefusedRuns refused;

    /** @param settings by account */
    public RunFirst(Function<String, DatasetsFirst> settings, LearntFacts learnt, RefusedRuns refused) {
        this.settings = settings;
        this.learnt = learnt;
        this.refused = refused;
    }

    /** Decides for one batch. */
    public interface OfBatch {
        DatasetDecision decide(String dataset, DatasetRow row);
    }

    /** @param knownBy when the newest of the changes was known at the latest, by Mode's clock */
    public OfBatch of(String account, Target target, Instant knownBy) {
        return (dataset, row) -> {
            if (!goesFirst(account, target, dataset, row)) {
                return DatasetDecision.WITH_REPORTS;
            }
            if (row.wasRunWellAfter(knownBy)) {
                return DatasetDecision.ALREADY_FRESH;
            }
            return refused.isRefused(account, dataset) ? DatasetDecision.RUN_REFUSED : DatasetDecision.RUN_FIRST;
        };
    }

    private boolean goesFirst(String account, Target target, String dataset, DatasetRow row) {
        var dataSource = target.dataSource().or(row::dataSource);
        return switch (settings.apply(account).rule(dataSource)) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> learnt.isLearnt(account, subject(target, dataSource, dataset));
        };
    }

    /** What is learnt of a dataset is learnt about this, as far as Mode says what the dataset is of. */
    public static Subject subject(Target target, Optional<String> dataSource, String dataset) {
        return dataSource
                .map(Subject::dataSource)
                .orElseGet(() -> target.fold(
                        one -> Subject.dataSource(one.token()),
                        space -> Subject.space(space.token()),
                        some -> Subject.dataset(dataset),
                        report -> Subject.dataset(dataset)));
    }
}
