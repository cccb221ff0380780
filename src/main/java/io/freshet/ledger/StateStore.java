package io.freshet.ledger;

import io.freshet.event.WorkspacePartitions;
import io.freshet.state.Transition;
import io.freshet.tables.DatasetSql;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is committed of the partitions that this replica owns, and what a batch of entries would make of it. Plain Java,
 * for one thread.
 */
final class StateStore {

    private final WorkspacePartitions partitions;
    private final Map<Integer, PartitionState> partitionStates = new HashMap<>();

    StateStore(WorkspacePartitions partitions) {
        this.partitions = partitions;
    }

    /**
     * A partition was restored.
     *
     * @return what is to be written for it now
     */
    List<LedgerEntry> open(int partition, RestoredPartition restored) {
        partitionStates.put(partition, new PartitionState(restored));
        return restored.unfinished();
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
     * @param setAside what can't be written: such entries fail, and of those that were read the position passes
     */
    StagedTransaction stage(List<LedgerEntry> entries, Set<Origin> setAside, Instant now) {
        var staging = new Staging(account -> state(partitions.of(account)), setAside, now);
        var staged = staging.staged();
        for (var entry : entries) {
            var result = setAside.contains(staged.origin()) ? setAside(entry, staged) : stage(entry, staging);
            staged.results().add(result);
        }
        // Every transaction that touches a partition also commits its position: that ties it to the generation of the
        // consumer group, and so refuses a replica that has lost the partition (KIP-447).
        staged.saved().keySet().forEach(key -> staged.positions()
                .computeIfAbsent(partitions.of(key.account()), own -> state(own).position()));
        return staged;
    }

    /** One entry that fails touches no other. */
    private EntryResult stage(LedgerEntry entry, Staging staging) {
        if (!has(partitionOf(entry))) {
            return EntryResult.NONE; // of another replica by now
        }
        try {
            if (entry instanceof LedgerEntry.StateChange change) {
                return changed(change, staging);
            }
            if (entry instanceof LedgerEntry.Arrived arrived) {
                StageArrivals.arrived(arrived, state(arrived.partition()), partitions, staging);
            } else if (entry instanceof LedgerEntry.RunMatched matched) {
                StageLineage.matched(matched, staging);
            } else if (entry instanceof LedgerEntry.Planned planned) {
                return StagePlan.planned(planned, staging)
                        .map(EntryResult::failed)
                        .orElse(EntryResult.NONE);
            } else if (entry instanceof LedgerEntry.Refused refused) {
                StagePlan.refused(refused, staging);
            } else if (entry instanceof LedgerEntry.Settle settle) {
                staging.batch(settle.batch()).ifPresent(batch -> SettleChanges.settleIfOver(batch, staging));
            } else if (entry instanceof LedgerEntry.Release release) {
                ReleaseReports.release(release.batch(), staging);
            } else if (entry instanceof LedgerEntry.Proved proved) {
                SettleChanges.proved(proved, staging);
            } else if (entry instanceof LedgerEntry.Breached breached) {
                StageObjectives.breached(breached, staging);
            } else if (entry instanceof LedgerEntry.Forget forget) {
                ForgetOld.stage(state(forget.partition()), forget.before(), staging);
            } else if (entry instanceof LedgerEntry.FactAdded added) {
                StageFacts.add(added.key(), added.why(), added.by(), staging);
            } else if (entry instanceof LedgerEntry.FactTakenBack back) {
                StageFacts.takeBack(back.key(), back.why(), back.by(), staging);
            } else if (entry instanceof LedgerEntry.SqlKept kept) {
                keep(new StateKey.OfSql(kept.report()), kept.sql(), staging.staged());
            } else {
                var saved = (LedgerEntry.LimitSaved) entry;
                staging.staged()
                        .save(new StateKey.OfLimit(saved.account()), () -> RequestLimitJson.write(saved.limit()));
            }
            return EntryResult.NONE;
        } catch (RuntimeException e) {
            return EntryResult.failed(e);
        }
    }

    /** Nothing else here goes by what SQL mentions. */
    private static void keep(StateKey.OfSql key, Optional<DatasetSql> sql, StagedTransaction staged) {
        sql.ifPresentOrElse(known -> staged.save(key, () -> DatasetSqlJson.write(known)), () -> staged.remove(key));
    }

    private static EntryResult setAside(LedgerEntry entry, StagedTransaction staged) {
        if (entry instanceof LedgerEntry.Arrived arrived) {
            StageArrivals.setAside(arrived, staged);
            return EntryResult.NONE;
        }
        return EntryResult.failed(new IllegalStateException(
                "its record is larger than its topic takes: raise the topic's max.message.bytes"));
    }

    private static EntryResult changed(LedgerEntry.StateChange change, Staging staging) {
        var report = change.report();
        if (staging.isQuarantined(report)) {
            return EntryResult.NONE;
        }
        return change.step()
                .apply(staging.report(report))
                .filter(step -> !StageFacts.forbid(step, report, staging))
                .map(step -> take(change, step, staging))
                .orElse(EntryResult.NONE);
    }

    private static EntryResult take(LedgerEntry.StateChange change, Transition step, Staging staging) {
        step.told().ifPresent(event -> {
            staging.staged().tell(event);
            SettleChanges.after(event, step.to().memory(), staging);
            StageObjectives.after(event, step.to(), staging);
        });
        if (step.durable()) {
            staging.save(change.report(), step.to());
        } else {
            staging.move(change.report(), step.to());
        }
        step.told().ifPresent(event -> ReleaseReports.after(event, staging));
        return EntryResult.of(staging.report(change.report()));
    }

    /** The transaction was committed: this is how things are now. */
    void apply(StagedTransaction staged) {
        staged.positions().forEach((partition, position) -> state(partition).moveTo(position));
        staged.reports().forEach((report, moved) -> {
            var partition = state(partitions.of(report.account()));
            moved.ifPresentOrElse(state -> partition.put(report, state), () -> partition.forget(report));
        });
        staged.changes().forEach((key, change) -> {
            var partition = state(partitions.of(key.account()));
            change.ifPresentOrElse(open -> partition.open(key, open), () -> partition.close(key));
        });
        staged.facts()
                .forEach((key, fact) -> state(partitions.of(key.account())).change(key, fact));
        staged.objectives().applyTo(report -> state(partitions.of(report.account())));
        staged.lineage().forEach((key, run) -> state(partitions.of(key.account()))
                .lineage(key.account())
                .change(key.run(), run));
        staged.batches()
                .values()
                .forEach(batch -> state(partitions.of(batch.key().account())).apply(batch));
    }

    private PartitionState state(int partition) {
        return Objects.requireNonNull(
                partitionStates.get(partition), () -> "partition " + partition + " is not restored");
    }
}
