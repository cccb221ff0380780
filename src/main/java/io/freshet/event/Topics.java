package io.freshet.event;

import static java.util.Map.entry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the topics are called. */
@ConfigMapping(prefix = "freshet.topics")
public interface Topics {

    @WithDefault("upstream-data-changed")
    String upstreamDataChanged();

    @WithDefault("refresh-requested")
    String refreshRequested();

    @WithDefault("change-planned")
    String changePlanned();

    @WithDefault("change-settled")
    String changeSettled();

    @WithDefault("run-accepted")
    String runAccepted();

    @WithDefault("run-finished")
    String runFinished();

    @WithDefault("run-rejected")
    String runRejected();

    @WithDefault("workspace-changed")
    String workspaceChanged();

    @WithDefault("freshness-changed")
    String freshnessChanged();

    /** Where events of OpenLineage are read from; nowhere, if it isn't set. */
    Optional<String> openlineage();

    /** OpenLineage events of the runs; told nowhere while it is unset. */
    Optional<String> lineage();

    /** Freshet's own: judged changes on their way to the owner of their workspace. */
    @WithDefault("freshet-inbox")
    String inbox();

    /** Freshet's own: its memory, compacted. */
    @WithDefault("freshet-state")
    String state();

    @WithDefault("upstream-data-changed-dlq")
    String upstreamDataChangedDlq();

    /** Whether topics that are missing at start are created. */
    @WithDefault("false")
    boolean create();

    /** How many partitions a public topic gets that is created. */
    @WithDefault("6")
    int partitions();

    /** How many partitions the inbox and the state get if they are created: as many replicas can own workspaces. */
    @WithDefault("16")
    int ownPartitions();

    /** How records of the public topics are compressed: a codec of Kafka's that every reader knows. */
    @WithDefault("gzip")
    String compression();

    /** How many copies of each partition a topic gets that is created; -1 leaves it to the broker. */
    @WithDefault("-1")
    short replicationFactor();

    /** Those that are there, whatever else is set; each with the last part of its setting's name. */
    default List<Map.Entry<String, String>> bySetting() {
        return List.of(
                entry("upstream-data-changed", upstreamDataChanged()),
                entry("refresh-requested", refreshRequested()),
                entry("change-planned", changePlanned()),
                entry("change-settled", changeSettled()),
                entry("run-accepted", runAccepted()),
                entry("run-finished", runFinished()),
                entry("run-rejected", runRejected()),
                entry("workspace-changed", workspaceChanged()),
                entry("freshness-changed", freshnessChanged()),
                entry("inbox", inbox()),
                entry("state", state()),
                entry("upstream-data-changed-dlq", upstreamDataChangedDlq()));
    }

    /** Those that are there, whatever else is set. */
    default List<String> always() {
        return bySetting().stream().map(Map.Entry::getValue).toList();
    }

    /** Those that the intake reads. */
    default List<String> inputs() {
        return Stream.concat(Stream.of(upstreamDataChanged(), refreshRequested()), openlineage().stream())
                .toList();
    }

    default List<String> all() {
        return Stream.of(always().stream(), openlineage().stream(), lineage().stream())
                .flatMap(topics -> topics)
                .distinct()
                .toList();
    }

    /** Where an event about a batch is told. */
    default String of(BatchEvent event) {
        return event.fold(planned -> changePlanned(), settled -> changeSettled());
    }

    /** Where an event about a run is told. */
    default String of(RunEvent event) {
        return event.fold(accepted -> runAccepted(), finished -> runFinished(), rejected -> runRejected());
    }
}
