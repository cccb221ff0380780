package io.freshet.telemetry;

import io.freshet.event.RunFinished;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * How old the oldest change was when a run showed it, by the data source that this change named. Whoever writes refreshes
 * by hand may name any, so no more than {@value #MOST} of them get a histogram of their own.
 */
final class Freshness {

    static final int MOST = 100;
    static final String NONE = "none";
    static final String OTHER = "other";

    private static final Duration[] BUCKETS = Stream.of(10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200)
            .map(Duration::ofSeconds)
            .toArray(Duration[]::new);

    private final MeterRegistry metrics;
    private final Set<String> dataSources = ConcurrentHashMap.newKeySet();

    Freshness(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void of(RunFinished run) {
        run.freshness().ifPresent(age -> Timer.builder("freshet.freshness")
                .description("from the oldest change to the end of the run that shows it")
                .tags("account", run.report().account(), "data_source", dataSource(run))
                .serviceLevelObjectives(BUCKETS)
                .register(metrics)
                .record(age));
    }

    private String dataSource(RunFinished run) {
        var named = run.changes().listed().get(0).dataSource();
        if (named == null) {
            return NONE;
        }
        var known = dataSources.contains(named) || (dataSources.size() < MOST && dataSources.add(named));
        return known ? named : OTHER;
    }
}
