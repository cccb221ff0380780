package io.freshet.plan;

import io.freshet.event.Subject;

/** What has been learnt of workspaces: for what the datasets must be run before their reports. Safe for several threads. */
public interface LearntFacts {

    /** @param subject a data source, a Collection or a dataset: {@link RunFirst#subject} */
    boolean isLearnt(String account, Subject subject);
}
