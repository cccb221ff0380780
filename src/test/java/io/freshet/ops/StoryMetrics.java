package io.freshet.ops;

import io.freshet.event.Arrival;
import io.freshet.event.Cause;
import io.freshet.event.Causes;
import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunAccepted;
import io.freshet.event.RunFinished;
import io.freshet.event.RunRejected;
import io.freshet.event.Target;
import io.freshet.mode.GateMetrics;
import io.freshet.plan.Batch;
import io.freshet.refresh.Agenda;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What Prometheus gets to read of Freshet's own metrics, once everything has happened that is ever told. */
public final class StoryMetrics {

    private static final Pattern LINE = Pattern.compile("(freshet_\\w+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"[^\"]*\"");

    private static final Instant AT = Instant.parse("2026-01-31T06:00:00Z");
    private static final Cause CHANGE = new Cause("/etl", "load-1", AT.minusSeconds(60), null);
    private static final ReportKey REPORT = new ReportKey("acme", "4e9047000001");

    private StoryMetrics() {}

    /** Each metric by its name, with the names of its labels. */
    public static Map<String, Set<String>> labels() {
        var labels = new TreeMap<String, Set<String>>();
        scrape().lines().map(LINE::matcher).filter(line -> line.matches()).forEach(line -> {
            var names = labels.computeIfAbsent(line.group(1), name -> new TreeSet<>());
            if (line.group(2) != null) {
                LABEL.matcher(line.group(2)).results().forEach(label -> names.add(label.group(1)));
            }
        });
        return labels;
    }

    @SuppressWarnings("deprecation") // the registry that Quarkus brings
    private static String scrape() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new Flows(Clock.systemUTC(), registry).watchReports(new Agenda());
        tellAll(new Story(registry, new Happenings(Clock.systemUTC())));
        GateMetrics.register(registry);
        return registry.scrape();
    }

    private static void tellAll(Story story) {
        var batch =
                new Batch<String>("acme", new Target.DataSource("50acce0f0001"), List.of(CHANGE), List.of("a record"));
        var arrival = new Arrival("upstream-data-changed", 0, 17, AT, null, new byte[0], new RecordHeaders());
        var datasets = Collections.unmodifiableSortedSet(new TreeSet<>(Set.of("da7a5e700001")));
        var changes = Causes.of(CHANGE);
        story.planned(batch, 1, 1);
        story.waits(batch, new IllegalStateException("Mode is away"));
        story.waits(arrival, new IllegalStateException("Kafka is away"));
        story.deadLetter(arrival, "not_json", "It is no JSON.");
        story.moved(REPORT, "waiting");
        story.hinted(true);
        story.told(new RunAccepted(REPORT, "f00000000001", datasets, changes, AT, false));
        story.told(new RunFinished(
                REPORT, "f00000000001", datasets, changes, Outcome.SUCCEEDED, "succeeded", AT, AT.plusSeconds(9)));
        story.told(new RunRejected(REPORT, datasets, changes, "forbidden", 403, "no", AT));
    }
}
