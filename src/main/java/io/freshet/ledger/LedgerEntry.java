package io.freshet.ledger;

import io.freshet.event.Change;
import io.freshet.event.ChangeKey;
import io.freshet.event.ReportKey;
import io.freshet.event.WorkspacePartitions;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportState;
import io.freshet.state.RequestLimit;
import io.freshet.state.Transition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One thing to be written into the ledger. Entries are written in the order in which they come. */
public sealed interface LedgerEntry {

    /** The one that it is of. */
    int partitionIn(WorkspacePartitions partitions);

    /** A record of the inbox has been read: its position moves on together with what it brought. */
    sealed interface Arrived extends LedgerEntry {
        int partition();

        long offset();

        @Override
        default int partitionIn(WorkspacePartitions partitions) {
            return partition();
        }
    }

    /** A change has come, and is open until it is planned. One that is open already has no effect. */
    record Opened(int partition, long offset, Change change) implements Arrived {}

    /**
     * A record of the inbox that can't be used.
     *
     * @param deadLetter what is written instead; empty if nothing is
     */
    record Passed(int partition, long offset, Optional<ProducerRecord<byte[], byte[]>> deadLetter) implements Arrived {}

    /** A step for a report. It has no effect if the report is in another state by now, or has another owner. */
    record StateChange(ReportKey report, Function<ReportState, Optional<Transition>> step) implements LedgerEntry {
        @Override
        public int partitionIn(WorkspacePartitions partitions) {
            return partitions.of(report.account());
        }
    }

    /**
     * Changes have been planned, and are open no longer.
     *
     * @param requests what is to be refreshed because of them
     */
    record Planned(String account, List<ChangeKey> changes, Map<ReportKey, RefreshRequest> requests)
            implements LedgerEntry {
        public Planned {
            changes = List.copyOf(changes);
            requests = new LinkedHashMap<>(requests);
        }

        @Override
        public int partitionIn(WorkspacePartitions partitions) {
            return partitions.of(account);
        }
    }

    /** What is left of a workspace's request limit. */
    record LimitSaved(String account, RequestLimit limit) implements LedgerEntry {
        @Override
        public int partitionIn(WorkspacePartitions partitions) {
            return partitions.of(account);
        }
    }
}
