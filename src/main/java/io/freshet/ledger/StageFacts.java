package io.freshet.ledger;

import io.freshet.event.FactKey;
import io.freshet.event.WorkspaceChanged;
import io.freshet.event.WorkspaceFact;
import java.util.Optional;

/** What is known of a workspace is added and taken back, and told once each time, in the same transaction. */
final class StageFacts {

    private StageFacts() {}

    /** Has no effect if it is known already: who came first is the one who has done it. */
    static void add(FactKey key, String why, Optional<String> by, Staging staging) {
        if (staging.fact(key).isEmpty()) {
            var fact = new WorkspaceFact(key, why, by, staging.now());
            staging.staged().save(fact);
            staging.staged().tell(WorkspaceChanged.now(fact));
        }
    }

    /** Has no effect if it isn't known. */
    static void takeBack(FactKey key, String why, Optional<String> by, Staging staging) {
        if (staging.fact(key).isPresent()) {
            staging.staged().takeBack(key);
            staging.staged().tell(WorkspaceChanged.noLonger(new WorkspaceFact(key, why, by, staging.now())));
        }
    }
}
