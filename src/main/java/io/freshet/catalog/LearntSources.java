package io.freshet.catalog;

import java.util.Set;

/** What has been learnt of workspaces: the datasets of which data sources run before their reports. Safe for several threads. */
public interface LearntSources {

    /** Tokens of data sources. */
    Set<String> of(String account);
}
