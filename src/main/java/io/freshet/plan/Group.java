package io.freshet.plan;

import io.freshet.event.Target;

/** Changes that are planned together: those of one target. */
record Group(String account, Target target) {

    static Group of(Batch batch) {
        return new Group(batch.account(), batch.target());
    }
}
