package io.freshet.ledger;

import io.freshet.event.ChangeKey;
import io.freshet.event.WorkspacePartitions;

/** What records of the inbox bring. The position moves on with each, whatever that is; one that was read twice has no effect. */
final class StageArrivals {

    private StageArrivals() {}

    static void arrived(
            LedgerEntry.Arrived arrived, PartitionState partition, WorkspacePartitions partitions, Staging staging) {
        var positions = staging.staged().positions();
        if (arrived.offset() < positions.getOrDefault(arrived.partition(), partition.position())) {
            return;
        }
        positions.put(arrived.partition(), arrived.offset() + 1);
        if (arrived instanceof LedgerEntry.Opened opened) {
            check(opened.change().account(), opened, partitions);
            opened(opened, staging);
        } else if (arrived instanceof LedgerEntry.RunHeard heard) {
            check(heard.account(), heard, partitions);
            StageLineage.heard(heard, staging);
        } else {
            ((LedgerEntry.Passed) arrived).deadLetter().ifPresent(staging.staged()::forward);
        }
    }

    private static void check(String account, LedgerEntry.Arrived arrived, WorkspacePartitions partitions) {
        if (partitions.of(account) != arrived.partition()) {
            throw new IllegalStateException("a record of %s lies in partition %d of the inbox, and belongs into %d"
                    .formatted(account, arrived.partition(), partitions.of(account)));
        }
    }

    private static void opened(LedgerEntry.Opened opened, Staging staging) {
        var key = ChangeKey.of(opened.change());
        if (!staging.isKnown(key, opened.change().place())) {
            staging.open(key, opened.change());
        } else if (staging.hasOtherTarget(key, opened.change())) {
            staging.staged().conflicts().add(opened.change());
        }
    }

    /** It can't be written. */
    static void setAside(LedgerEntry.Arrived arrived, StagedTransaction staged) {
        staged.positions().put(arrived.partition(), arrived.offset() + 1);
        if (arrived instanceof LedgerEntry.Opened opened) {
            staged.refuse(opened.change());
        }
    }
}
