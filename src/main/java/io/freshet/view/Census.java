package io.freshet.view;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many there are of what.
 *
 * @param openChanges open and not yet planned
 * @param waitingSince when what has waited for longest was requested
 */
public record Census(int openChanges, Map<Stage, Integer> reports, Optional<Instant> waitingSince) {

    static Census of(Collection<WorkspaceView> workspaces) {
        var reports = new EnumMap<Stage, Integer>(Stage.class);
        for (var stage : Stage.values()) {
            reports.put(
                    stage,
                    workspaces.stream()
                            .mapToInt(workspace -> workspace.reports(stage))
                            .sum());
        }
        return new Census(
                workspaces.stream().mapToInt(WorkspaceView::unplanned).sum(),
                Collections.unmodifiableMap(reports),
                workspaces.stream()
                        .flatMap(workspace -> workspace.waitingSince().stream())
                        .min(Long::compare)
                        .map(Instant::ofEpochMilli));
    }

    public int reports(Stage stage) {
        return reports.getOrDefault(stage, 0);
    }
}
