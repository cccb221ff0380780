package io.freshet.plan;

import io.freshet.event.Change;
import java.util.List;

/** Who sent the first change of a batch. */
record Sender(String account, String source) {

    static Sender of(Group group, List<Change> changes) {
        return new Sender(group.account(), changes.get(0).ref().source());
    }
}
