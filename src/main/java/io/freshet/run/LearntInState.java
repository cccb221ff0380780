package io.freshet.run;

import io.freshet.event.Subject;
import io.freshet.ledger.WorkspaceFacts;
import io.freshet.plan.LearntFacts;
import jakarta.enterprise.context.ApplicationScoped;

/** What has been learnt of this replica's workspaces, as the state has it. */
@ApplicationScoped
class LearntInState implements LearntFacts {

    private final WorkspaceFacts facts;

    LearntInState(WorkspaceFacts facts) {
        this.facts = facts;
    }

    @Override
    public boolean isLearnt(String account, String subject) {
        return Subject.parse(subject)
                .filter(one -> facts.isLearnt(account, one))
                .isPresent();
    }
}
