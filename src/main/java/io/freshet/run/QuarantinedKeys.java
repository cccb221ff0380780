package io.freshet.run;

import io.freshet.event.WorkspacePartitions;
import io.freshet.telemetry.Telemetry;
import io.freshet.workspace.Workspace;
import io.freshet.workspace.Workspaces;
import java.util.Set;

/** Says of each workspace of a partition how many of its keys can't be read. */
record QuarantinedKeys(Workspaces workspaces, WorkspacePartitions partitions, Telemetry telemetry) {

    void are(int partition, Set<String> keys) {
        workspaces.all().stream()
                .map(Workspace::account)
                .filter(account -> partitions.of(account) == partition)
                .forEach(account -> telemetry.quarantined(account, (int) keys.stream()
                        .filter(key -> key.startsWith(account + "/"))
                        .count()));
    }
}
