package io.freshet.ledger;

import io.freshet.event.ChangeKey;
import io.freshet.event.ReportKey;
import io.freshet.event.WorkspacePartitions;
import io.freshet.state.ReportState;
import io.freshet.state.Transition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * What is committed of the partitions that this replica owns, and what a batch of entries would make of it. Plain Java,
 * for one thread.
 */
final class StateStore {

    private static final Logger LOG = Logger.getLogger(StateStore.class);

    private final WorkspacePartitions partitions;
    private final Map<Integer, PartitionState> partitionStates = new HashMap<>();

    StateStore(WorkspacePartitions partitions) {
        this.partitions = partitions;
    }

    /** A partition was restored. */
    void open(int partition, RestoredPartition restored) {
        partitionStates.put(partition, new PartitionState(restored));
    }

    /** A partition was taken away. */
    void close(int partition) {
        partitionStates.remove(partition);
    }

    boolean has(int partition) {
        return partitionStates.containsKey(partition);
    }

    /** The partition that an entry is of. */
    int partitionOf(LedgerEntry entry) {
        return entry.partitionIn(partitions);
    }

    /**
     * Works the entries out, each upon those before it. Nothing changes until this is {@linkplain #apply applied}.
     *
     * @param setAside numbers of entries that can't be written: they fail, and of those that were read the position passes
     */
    StagedTransaction stage(List<LedgerEntry> entries, Set<Integer> setAside) {
        var staged = new StagedTransaction();
        for (var entry : entries) {
            var result = setAside.contains(staged.nextEntry()) ? setAside(entry, staged) : stage(entry, staged);
            staged.results().add(result);
        }
        // Every transaction that touches a partition also commits its position: that ties it to the generation of the
        // consumer group, and so refuses a replica that has lost the partition (KIP-447).
        staged.savedReports().keySet().forEach(report -> tie(report.account(), staged));
        staged.changes().keySet().forEach(change -> tie(change.account(), staged));
        staged.limits().keySet().forEach(account -> tie(account, staged));
        return staged;
    }

    private void tie(String account, StagedTransaction staged) {
        var partition = partitions.of(account);
        staged.positions().computeIfAbsent(partition, own -> state(own).position());
    }

    /** One entry that fails touches no other. */
    private EntryResult stage(LedgerEntry entry, StagedTransaction staged) {
        if (!has(partitionOf(entry))) {
            return EntryResult.NONE; // of another replica by now
        }
        try {
            if (entry instanceof LedgerEntry.Arrived arrived) {
                return arrived(arrived, staged);
            }
            if (entry instanceof LedgerEntry.StateChange change) {
                return changed(change, staged);
            }
            if (entry instanceof LedgerEntry.Planned planned) {
                return planned(planned, staged);
            }
            var saved = (LedgerEntry.LimitSaved) entry;
            staged.put(saved.account(), saved.limit());
            return EntryResult.NONE;
        } catch (RuntimeException e) {
            return EntryResult.failed(e);
        }
    }

    private EntryResult arrived(LedgerEntry.Arrived arrived, StagedTransaction staged) {
        var committed = state(arrived.partition());
        if (arrived.offset() < staged.positions().getOrDefault(arrived.partition(), committed.position())) {
            return EntryResult.NONE; // read twice
        }
        staged.positions().put(arrived.partition(), arrived.offset() + 1);
        if (arrived instanceof LedgerEntry.Opened opened) {
            return opened(opened, committed, staged);
        }
        ((LedgerEntry.Passed) arrived).deadLetter().ifPresent(staged::forward);
        return EntryResult.NONE;
    }

    private EntryResult opened(LedgerEntry.Opened opened, PartitionState committed, StagedTransaction staged) {
        var account = opened.change().account();
        if (partitions.of(account) != opened.partition()) {
            return EntryResult.failed(
                    new IllegalStateException("a change of %s lies in partition %d of the inbox, and belongs into %d"
                            .formatted(account, opened.partition(), partitions.of(account))));
        }
        var key = ChangeKey.of(opened.change());
        if (!isOpen(key, committed, staged)) {
            staged.put(key, Optional.of(opened.change()));
        }
        return EntryResult.NONE;
    }

    private static EntryResult setAside(LedgerEntry entry, StagedTransaction staged) {
        if (entry instanceof LedgerEntry.Arrived arrived) {
            staged.positions().put(arrived.partition(), arrived.offset() + 1);
            if (arrived instanceof LedgerEntry.Opened opened) {
                staged.refuse(opened.change());
            }
            return EntryResult.NONE;
        }
        return EntryResult.failed(new IllegalStateException(
                "its record is larger than its topic takes: raise the topic's max.message.bytes"));
    }

    private static boolean isOpen(ChangeKey key, PartitionState committed, StagedTransaction staged) {
        var stagedChange = staged.changes().get(key);
        return stagedChange == null ? committed.isOpen(key) : stagedChange.isPresent();
    }

    private EntryResult changed(LedgerEntry.StateChange change, StagedTransaction staged) {
        var report = change.report();
        var step = isQuarantined(report)
                ? Optional.<Transition>empty()
                : change.step().apply(current(report, staged));
        step.ifPresent(taken -> staged.take(report, taken));
        return step.map(taken -> EntryResult.of(taken.to())).orElse(EntryResult.NONE);
    }

    private EntryResult planned(LedgerEntry.Planned planned, StagedTransaction staged) {
        var merged = new HashMap<ReportKey, ReportState>();
        planned.requests().forEach((report, request) -> {
            if (isQuarantined(report)) {
                LOG.warnf("report=%s is left out of a plan: its key is quarantined", report);
                return;
            }
            var before = current(report, staged);
            var after = before.merge(request);
            if (after != before) {
                merged.put(report, after);
            }
        });
        var committed = state(partitions.of(planned.account()));
        planned.changes().stream()
                .filter(key -> isOpen(key, committed, staged))
                .forEach(key -> staged.put(key, Optional.empty()));
        merged.forEach(staged::save);
        return EntryResult.NONE;
    }

    private boolean isQuarantined(ReportKey report) {
        return state(partitions.of(report.account())).isQuarantined(new StateKey.OfReport(report));
    }

    private ReportState current(ReportKey report, StagedTransaction staged) {
        var stagedState = staged.reports().get(report);
        return stagedState == null ? state(partitions.of(report.account())).report(report) : stagedState;
    }

    /** The transaction was committed: this is how things are now. */
    void apply(StagedTransaction staged) {
        staged.positions().forEach((partition, position) -> state(partition).moveTo(position));
        staged.reports().forEach((report, state) -> state(partitions.of(report.account()))
                .put(report, state));
        staged.changes().forEach((key, change) -> {
            var partition = state(partitions.of(key.account()));
            change.ifPresentOrElse(open -> partition.open(key, open), () -> partition.close(key));
        });
    }

    private PartitionState state(int partition) {
        return Objects.requireNonNull(
                partitionStates.get(partition), () -> "partition " + partition + " is not restored");
    }
}
