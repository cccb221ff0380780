package io.freshet.simulation;

import io.freshet.event.BatchEvent;
import io.freshet.event.Change;
import io.freshet.event.FactKey;
import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.event.WorkspaceChanged;
import io.freshet.event.WorkspaceFact;
import io.freshet.ledger.LedgerEntry;
import io.freshet.ledger.LedgerListener;
import io.freshet.ledger.RestoredPartition;
import io.freshet.lineage.LineageKey;
import io.freshet.lineage.LineageRun;
import io.freshet.state.OpenBatch;
import io.freshet.state.ReportState;
import io.freshet.state.Unshown;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Hears of everything, and throws now and then when it has. */
record ShakyListener(LedgerListener listener, Trouble trouble) implements LedgerListener {

    @Override
    public void joined(String member, Set<Integer> partitions) {
        listener.joined(member, partitions);
    }

    @Override
    public void restored(int partition, RestoredPartition restored) {
        listener.restored(partition, restored);
        trouble.maybeThrow();
    }

    @Override
    public void opened(Change change) {
        listener.opened(change);
        trouble.maybeThrow();
    }

    @Override
    public void changed(LineageKey run, Optional<LineageRun> known) {
        listener.changed(run, known);
        trouble.maybeThrow();
    }

    @Override
    public void moved(ReportKey report, ReportState state) {
        listener.moved(report, state);
        trouble.maybeThrow();
    }

    @Override
    public void told(RunEvent event) {
        listener.told(event);
        trouble.maybeThrow();
    }

    @Override
    public void told(BatchEvent event) {
        listener.told(event);
        trouble.maybeThrow();
    }

    @Override
    public void changed(FactKey key, Optional<WorkspaceFact> fact) {
        listener.changed(key, fact);
        trouble.maybeThrow();
    }

    @Override
    public void changed(ReportKey report, Unshown unshown) {
        listener.changed(report, unshown);
        trouble.maybeThrow();
    }

    @Override
    public void told(WorkspaceChanged event) {
        listener.told(event);
        trouble.maybeThrow();
    }

    @Override
    public void unproved(OpenBatch batch) {
        listener.unproved(batch);
        trouble.maybeThrow();
    }

    @Override
    public void forgotten(ReportKey report) {
        listener.forgotten(report);
        trouble.maybeThrow();
    }

    @Override
    public void conflicting(Change change) {
        listener.conflicting(change);
    }

    @Override
    public void tooLarge(Change change) {
        listener.tooLarge(change);
        trouble.maybeThrow();
    }

    @Override
    public CompletionStage<Void> leaving(Set<Integer> partitions) {
        return listener.leaving(partitions);
    }

    @Override
    public List<LedgerEntry> handOver(Set<Integer> partitions) {
        return listener.handOver(partitions);
    }

    @Override
    public void left(Set<Integer> partitions) {
        listener.left(partitions);
        trouble.maybeThrow();
    }
}
