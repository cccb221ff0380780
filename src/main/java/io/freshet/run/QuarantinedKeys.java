package io.freshet.run;

import io.freshet.event.WorkspacePartitions;
import io.freshet.telemetry.Telemetry;
import io.freshet.workspace.Workspace;
import io.freshet.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Says of each workspace of a partition how many of its keys can't be read. */
@ApplicationScoped
class QuarantinedKeys {

    private final Workspaces workspaces;
    private final WorkspacePartitions partitions;
    private final Telemetry telemetry;

    QuarantinedKeys(Workspaces workspaces, WorkspacePartitions partitions, Telemetry telemetry) {
        this.workspaces = workspaces;
        this.partitions = partitions;
        this.telemetry = telemetry;
    }

    void are(int partition, Set<String> keys) {
        workspaces.all().stream()
                .map(Workspace::account)
                .filter(account -> partitions.of(account) == partition)
                .forEach(account -> telemetry.quarantined(account, (int) keys.stream()
                        .filter(key -> key.startsWith(account + "/"))
                        .count()));
    }

    void left(Set<Integer> theirs) {
        theirs.forEach(partition -> are(partition, Set.of()));
    }
}
