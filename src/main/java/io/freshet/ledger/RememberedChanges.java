package io.freshet.ledger;

import io.freshet.event.ChangeKey;
import io.freshet.event.RecordPlace;
import io.freshet.event.Target;
import io.netty.util.collection.LongObjectHashMap;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The settled changes of a workspace, by their digests: one that comes again has no effect. A refused one may be sent again;
 * so it is known by its record's place, which the intake may read twice. For one thread.
 */
final class RememberedChanges {

    /** So many changes; beyond, the oldest batches go. */
    static final int MOST = 1_000_000;

    private final Deque<RememberedBatch> batches = new ArrayDeque<>();
    private final LongObjectHashMap<RememberedBatch> batchByDigest = new LongObjectHashMap<>(16, 0.75f);
    private int changes;

    void add(RememberedBatch batch) {
        batches.add(batch);
        changes += batch.digests().length;
        for (var digest : batch.digests()) {
            batchByDigest.put(digest, batch);
        }
    }

    /** Whether it has settled and was not refused, or was refused and is read again. */
    boolean contains(ChangeKey change, RecordPlace place) {
        return batchByDigest.containsKey(change.digest()) || batchByDigest.containsKey(ChangeKey.digest(place));
    }

    /** Whether the one that has settled was about something else. */
    boolean hasOtherTarget(ChangeKey change, Target target) {
        var batch = batchByDigest.get(change.digest());
        return batch != null && !batch.isOf(target);
    }

    /**
     * Those that are no longer needed, the oldest first.
     *
     * @param before what settled earlier is old
     * @param last the number of the workspace's newest batch, which stays, as the next one counts from it
     */
    List<RememberedBatch> outdated(Instant before, long last, int most) {
        var outdated = new ArrayList<RememberedBatch>();
        var rest = changes;
        for (var batch : batches) {
            if (outdated.size() >= most || (batch.settledAt() >= before.toEpochMilli() && rest <= MOST)) {
                break;
            }
            if (batch.number() != last) {
                outdated.add(batch);
                rest -= batch.digests().length;
            }
        }
        return outdated;
    }

    void forget(RememberedBatch batch) {
        if (batches.remove(batch)) { // one of the first
            changes -= batch.digests().length;
            for (var digest : batch.digests()) {
                if (batchByDigest.get(digest) == batch) {
                    batchByDigest.remove(digest);
                }
            }
        }
    }
}
