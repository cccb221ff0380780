package io.freshet.plan;

import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.Target;
import java.util.List;

/**
 * Changes of one target that are resolved together.
 *
 * @param origins what each change came with, to be answered when they are done
 */
public record Batch<T>(String account, Target target, List<ChangeRef> changes, List<T> origins) {

    public Batch {
        changes = List.copyOf(changes);
        origins = List.copyOf(origins);
    }

    /** Whether every one of them says that it is a backfill. */
    public boolean isBackfill() {
        return changes.stream().allMatch(ChangeRef::isBackfill);
    }

    public ChangeRefs causes() {
        return ChangeRefs.of(changes);
    }
}
