package io.freshet.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** What the topics are called. */
@ConfigMapping(prefix = "freshet.topics")
public interface Topics {

    @WithDefault("upstream-data-changed")
    String upstreamDataChanged();

    @WithDefault("refresh-requested")
    String refreshRequested();

    @WithDefault("run-accepted")
    String runAccepted();

    @WithDefault("run-finished")
    String runFinished();

    @WithDefault("run-rejected")
    String runRejected();

    @WithDefault("report-refreshes")
    String reportRefreshes();

    @WithDefault("upstream-data-changed-dlq")
    String upstreamDataChangedDlq();

    /** Whether topics that are missing at start are created. */
    @WithDefault("false")
    boolean create();

    /** How many partitions a topic gets that is created: as many replicas can share the work. */
    @WithDefault("6")
    int partitions();

    /** How many copies of each partition a topic gets that is created; -1 leaves it to the broker. */
    @WithDefault("-1")
    short replicationFactor();

    default List<String> all() {
        return List.of(
                upstreamDataChanged(),
                refreshRequested(),
                runAccepted(),
                runFinished(),
                runRejected(),
                reportRefreshes(),
                upstreamDataChangedDlq());
    }

    /** Where an event about a run is told. */
    default String of(RunEvent event) {
        return event.fold(accepted -> runAccepted(), finished -> runFinished(), rejected -> runRejected());
    }
}
