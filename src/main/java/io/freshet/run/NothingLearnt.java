package io.freshet.run;

import io.freshet.plan.LearntFacts;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;

/** Before anybody has learnt anything. */
@DefaultBean
@ApplicationScoped
class NothingLearnt implements LearntFacts {

    @Override
    public boolean isLearnt(String account, String subject) {
        return false;
    }
}
