package io.freshet.ledger;

import io.freshet.event.BatchKey;
import io.freshet.event.Change;
import io.freshet.event.ChangeJson;
import io.freshet.event.ChangeKey;
import io.freshet.event.FactKey;
import io.freshet.event.RecordPlace;
import io.freshet.event.ReportKey;
import io.freshet.event.Settlement;
import io.freshet.event.WorkspaceFact;
import io.freshet.state.OpenBatch;
import io.freshet.state.ReportState;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What is committed, with what a transaction has staged upon it so far. */
final class Staging {

    private final Function<String, PartitionState> committed;
    private final StagedTransaction staged;
    private final Instant now;

    /** @param committed by account */
    Staging(Function<String, PartitionState> committed, Set<Origin> setAside, Instant now) {
        this.committed = committed;
        this.staged = new StagedTransaction(setAside);
        this.now = now;
    }

    StagedTransaction staged() {
        return staged;
    }

    Instant now() {
        return now;
    }

    PartitionState committed(String account) {
        return committed.apply(account);
    }

    ReportState report(ReportKey report) {
        var moved = staged.reports().get(report);
        return moved == null ? committed.apply(report.account()).report(report) : moved.orElseGet(ReportState::unknown);
    }

    /** Reports that may wait for runs of datasets for this batch. */
    Set<ReportKey> awaiting(BatchKey batch) {
        return committed.apply(batch.account()).awaiting().of(batch, staged.reports());
    }

    boolean isQuarantined(ReportKey report) {
        return committed.apply(report.account()).isQuarantined(new StateKey.OfReport(report));
    }

    /** Where the report is now, which a restart may forget. */
    void move(ReportKey report, ReportState state) {
        staged.reports().put(report, Optional.of(state));
    }

    void save(ReportKey report, ReportState state) {
        var counting = state.counting(number -> isOpen(new BatchKey(report.account(), number)));
        move(report, counting);
        staged.save(new StateKey.OfReport(report), () -> ReportStateJson.write(report.kind(), counting));
    }

    void forget(ReportKey report) {
        staged.reports().put(report, Optional.empty());
        staged.remove(new StateKey.OfReport(report));
    }

    /** What is known of a workspace, if it is. */
    Optional<WorkspaceFact> fact(FactKey key) {
        var moved = staged.facts().get(key);
        return moved == null ? committed.apply(key.account()).fact(key) : moved;
    }

    /** The change, if it is open. */
    Optional<Change> change(ChangeKey key) {
        var moved = staged.changes().get(key);
        return moved == null ? committed.apply(key.account()).change(key) : moved;
    }

    /** Whether the change is open and in no batch. */
    boolean isUnplanned(ChangeKey key) {
        return change(key).isPresent() && batchOf(key).filter(this::isOpen).isEmpty();
    }

    /**
     * Whether the change is open, or has been answered and is not to be taken again. One whose record can't be read counts
     * as open: it isn't to be opened again over that record.
     */
    boolean isKnown(ChangeKey key, RecordPlace place) {
        var partition = committed.apply(key.account());
        return change(key).isPresent()
                || partition.isQuarantined(new StateKey.OfChange(key))
                || batchOf(key)
                        .flatMap(this::member)
                        .filter(batch -> !mayComeAgain(place, batch))
                        .isPresent()
                || partition.batches(key.account()).remembered().contains(key, place);
    }

    /** Whether what is known under the identity of the change is about something else, as far as that can be said. */
    boolean hasOtherTarget(ChangeKey key, Change change) {
        return change(key)
                .map(Change::target)
                .or(() -> batchOf(key).flatMap(this::member).map(OpenBatch::target))
                .map(known -> !known.equals(change.target()))
                .orElseGet(() -> committed
                        .apply(key.account())
                        .batches(key.account())
                        .remembered()
                        .hasOtherTarget(key, change.target()));
    }

    /** The batch that the change is in, if it was open when the transaction began, or was planned in it. */
    private Optional<BatchKey> batchOf(ChangeKey key) {
        return Optional.ofNullable(staged.batchByChange().get(key)).or(() -> committed
                .apply(key.account())
                .batches(key.account())
                .of(key.digest())
                .map(OpenBatch::key));
    }

    /** The batch, open or settled in this transaction. */
    private Optional<OpenBatch> member(BatchKey key) {
        return staged.batches().get(key) instanceof StagedBatch.Settled settled
                ? Optional.of(settled.batch())
                : batch(key);
    }

    /** A refused change may be sent again, and has another record then. */
    private static boolean mayComeAgain(RecordPlace place, OpenBatch batch) {
        return batch.isRefused() && !batch.refused().contains(ChangeKey.digest(place));
    }

    private boolean isOpen(BatchKey key) {
        return batch(key).isPresent();
    }

    void open(ChangeKey key, Change change) {
        staged.changes().put(key, Optional.of(change));
        staged.save(new StateKey.OfChange(key), () -> ChangeJson.write(change));
    }

    void close(ChangeKey key) {
        staged.changes().put(key, Optional.empty());
        staged.remove(new StateKey.OfChange(key));
    }

    /** The batch, if it is open. */
    Optional<OpenBatch> batch(BatchKey key) {
        var moved = staged.batches().get(key);
        if (moved == null) {
            return committed.apply(key.account()).batches(key.account()).open(key.number());
        }
        return moved instanceof StagedBatch.Open open ? Optional.of(open.batch()) : Optional.empty();
    }

    /** The number that comes next. */
    BatchKey nextBatch(String account) {
        var last = staged.batches().keySet().stream()
                .filter(key -> key.account().equals(account))
                .mapToLong(BatchKey::number)
                .max()
                .orElse(0);
        var committedLast = committed.apply(account).batches(account).last();
        return new BatchKey(account, Math.max(last, committedLast) + 1);
    }

    /** How far the batch has come, which isn't saved. */
    void move(OpenBatch batch) {
        staged.batches().put(batch.key(), new StagedBatch.Open(batch));
    }

    void save(OpenBatch batch) {
        move(batch);
        staged.save(new StateKey.OfBatch(batch.key()), () -> BatchJson.write(batch));
        for (var digest : batch.members().digests()) {
            staged.batchByChange().put(new ChangeKey(batch.key().account(), digest), batch.key());
        }
    }

    void settle(OpenBatch batch, Settlement settlement) {
        staged.batches().put(batch.key(), new StagedBatch.Settled(batch, settlement));
        staged.save(new StateKey.OfBatch(batch.key()), () -> BatchJson.write(batch, settlement));
    }

    void forget(BatchKey key, RememberedBatch batch) {
        staged.batches().put(key, new StagedBatch.Forgotten(key, batch));
        staged.remove(new StateKey.OfBatch(key));
    }
}
