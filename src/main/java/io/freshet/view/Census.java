package io.freshet.view;

import io.freshet.event.Kind;
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
public record Census(
        int openChanges, Map<Stage, Integer> reports, Map<Stage, Integer> datasets, Optional<Instant> waitingSince) {

    static Census of(Collection<WorkspaceView> workspaces) {
        return new Census(
                workspaces.stream().mapToInt(WorkspaceView::unplanned).sum(),
                count(workspaces, Kind.REPORT),
                count(workspaces, Kind.DATASET),
                workspaces.stream()
                        .flatMap(workspace -> workspace.waitingSince().stream())
                        .min(Long::compare)
                        .map(Instant::ofEpochMilli));
    }

    private static Map<Stage, Integer> count(Collection<WorkspaceView> workspaces, Kind kind) {
        var counts = new EnumMap<Stage, Integer>(Stage.class);
        for (var stage : Stage.values()) {
            counts.put(
                    stage,
                    workspaces.stream()
                            .mapToInt(workspace -> workspace.count(kind, stage))
                            .sum());
        }
        return Collections.unmodifiableMap(counts);
    }

    public int datasets(Stage stage) {
        return datasets.getOrDefault(stage, 0);
    }

    public int reports(Stage stage) {
        return reports.getOrDefault(stage, 0);
    }
}
