package io.freshet.plan;

/** What has been learnt of workspaces: for what the datasets must be run before their reports. Safe for several threads. */
public interface LearntFacts {

    /** @param subject {@code data_source:TOKEN}, {@code space:TOKEN} or {@code dataset:TOKEN} */
    boolean isLearnt(String account, String subject);
}
