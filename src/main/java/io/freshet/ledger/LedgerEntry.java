package io.freshet.ledger;

import io.freshet.event.BatchKey;
import io.freshet.event.Change;
import io.freshet.event.ChangeKey;
import io.freshet.event.DataFreshness;
import io.freshet.event.FactKey;
import io.freshet.event.LeftOut;
import io.freshet.event.NotSucceeded;
import io.freshet.event.ReportKey;
import io.freshet.event.Target;
import io.freshet.event.Traces;
import io.freshet.event.WorkspacePartitions;
import io.freshet.lineage.LineageKey;
import io.freshet.lineage.LineageRun;
import io.freshet.lineage.RunUpdate;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportState;
import io.freshet.state.RequestLimit;
import io.freshet.state.Transition;
import io.freshet.tables.DatasetSql;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One thing to be written into the ledger. Entries are written in the order in which they come. */
public sealed interface LedgerEntry {

    /** The one that it is of. */
    int partitionIn(WorkspacePartitions partitions);

    /** Something of one workspace. */
    sealed interface OfAccount extends LedgerEntry {
        String account();

        @Override
        default int partitionIn(WorkspacePartitions partitions) {
            return partitions.of(account());
        }
    }

    /** Something of one report or dataset. */
    sealed interface OfReport extends OfAccount {
        ReportKey report();

        @Override
        default String account() {
            return report().account();
        }
    }

    /** Something of one batch. */
    sealed interface OfBatch extends OfAccount {
        BatchKey batch();

        @Override
        default String account() {
            return batch().account();
        }
    }

    /** Something that is known of one workspace. */
    sealed interface OfFact extends OfAccount {
        FactKey key();

        @Override
        default String account() {
            return key().account();
        }
    }

    /** A record of the inbox has been read: its position moves on together with what it brought. */
    sealed interface Arrived extends LedgerEntry {
        int partition();

        long offset();

        @Override
        default int partitionIn(WorkspacePartitions partitions) {
            return partition();
        }
    }

    /** A change has come, and is open until it is told as settled. One that is known already has no effect. */
    record Opened(int partition, long offset, Change change) implements Arrived {}

    /** More is known of a run of OpenLineage. */
    record RunHeard(int partition, long offset, String account, RunUpdate update) implements Arrived {
        LineageKey run() {
            return new LineageKey(account, update.run());
        }
    }

    /**
     * A record of the inbox that can't be used.
     *
     * @param deadLetter what is written instead; empty if nothing is
     */
    record Passed(int partition, long offset, Optional<ProducerRecord<byte[], byte[]>> deadLetter) implements Arrived {}

    /** A step for a report. It has no effect if the report is in another state by now, or has another owner. */
    record StateChange(ReportKey report, Function<ReportState, Optional<Transition>> step) implements OfReport {}

    /**
     * Changes have been planned: those of them that are open become a batch.
     *
     * @param requests what is to be refreshed because of them: datasets that are run first, and after these reports
     * @param awaits which of these datasets a report waits for
     * @param datasets tokens of the datasets that are affected
     * @param leftOut what they concern, and is not refreshed
     * @param notFound what they name and Mode doesn't know, while it knows something else that they name
     * @param objectives the names of those that count these changes, by the tokens of the reports that they are for
     * @param names what people call these datasets and reports in Mode, by token, as far as Mode said
     * @param why the changes are for a dataset, by token, where that isn't because all of the target has changed
     * @param knownAt when the newest of them was read, about, by Mode's clock; empty if it can't be said
     */
    record Planned(
            String account,
            Target target,
            List<ChangeKey> changes,
            Map<ReportKey, RefreshRequest> requests,
            Map<ReportKey, SortedSet<String>> awaits,
            List<String> datasets,
            List<LeftOut> leftOut,
            List<NotSucceeded> notFound,
            Map<String, SortedSet<String>> objectives,
            Map<String, String> names,
            Map<String, String> why,
            Optional<Instant> knownAt,
            Traces traces)
            implements OfAccount {
        public Planned {
            changes = List.copyOf(changes);
            requests = new LinkedHashMap<>(requests);
            awaits = Map.copyOf(awaits);
            objectives = Map.copyOf(objectives);
        }
    }

    /** Changes will never mean anything, and have become dead letters. */
    record Refused(String account, Target target, List<ChangeKey> changes, NotSucceeded why) implements OfAccount {
        public Refused {
            changes = List.copyOf(changes);
        }
    }

    /** More changes of a batch that is over are told as settled. */
    record Settle(BatchKey batch) implements OfBatch {}

    /** More reports have what they awaited for this batch. */
    record Release(BatchKey batch) implements OfBatch {}

    /** The runs of a batch have ended, and this was found out about its datasets. */
    record Proved(BatchKey batch, DataFreshness data) implements OfBatch {}

    /** A report may be late for an objective, under which a change may become as old as {@code within} before it is shown. */
    record Breached(ReportKey report, String objective, Duration within) implements OfReport {}

    /**
     * A run of OpenLineage means these changes, and is needed no more; unless more of it was heard meanwhile.
     *
     * @param known what they follow from
     */
    record RunMatched(LineageKey run, LineageRun known, List<Change> changes) implements OfAccount {
        public RunMatched {
            changes = List.copyOf(changes);
        }

        @Override
        public String account() {
            return run.account();
        }
    }

    /** Records that nobody needs go. */
    record Forget(int partition, Instant before) implements LedgerEntry {
        @Override
        public int partitionIn(WorkspacePartitions partitions) {
            return partition;
        }
    }

    /** Something is known of a workspace from now on. It has no effect if it was known before. */
    record FactAdded(FactKey key, String why, Optional<String> by) implements OfFact {}

    /** Something is known of a workspace no longer. It has no effect if it wasn't known. */
    record FactTakenBack(FactKey key, String why, Optional<String> by) implements OfFact {}

    /** What is known of the SQL of a dataset; empty if the dataset is gone. */
    record SqlKept(ReportKey report, Optional<DatasetSql> sql) implements OfReport {}

    /** What is left of a workspace's request limit. */
    record LimitSaved(String account, RequestLimit limit) implements OfAccount {}
}
