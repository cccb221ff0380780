package io.freshet.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What is told of runs as OpenLineage has it: plain JSON without an envelope, keyed as OpenLineage's own client does. */
public final class LineageEventWriter {

    private static final String SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";

    private final Presentation presentation;

    public LineageEventWriter(Presentation presentation) {
        this.presentation = presentation;
    }

    /** None if the workspace isn't configured: where its Mode is belongs to the names of all that is in it. */
    public List<ProducerRecord<byte[], byte[]>> write(String topic, RunEvent event) {
        return presentation.host(event.report().account()).stream()
                .flatMap(host -> LineageState.of(event).stream().map(state -> record(topic, host, event, state)))
                .toList();
    }

    private ProducerRecord<byte[], byte[]> record(String topic, URI host, RunEvent event, LineageState state) {
        var report = event.report();
        var namespace = "mode://" + host.getRawAuthority() + "/" + report.account();
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("eventType", state.type().name())
                .put("eventTime", state.at().toString())
                .put("producer", LineageProducer.URI)
                .put("schemaURL", SCHEMA);
        run(json.putObject("run"), event, state);
        job(json.putObject("job"), namespace, event);
        inputs(json.putArray("inputs"), namespace, event);
        output(json.putArray("outputs"), namespace, host, report);
        var key = "run:" + namespace + "/" + name(report);
        return new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), Json.bytes(json));
    }

    private static String name(ReportKey report) {
        return report.kind().plural() + "." + report.reportToken();
    }

    private static void run(ObjectNode run, RunEvent event, LineageState state) {
        run.put("runId", LineageRunId.of(event));
        var facets = run.putObject("facets");
        state.error().ifPresent(error -> LineageFacets.errorMessage(facets, error));
        var refresh = LineageFacets.refresh(facets)
                .put("changes_count", event.changes().count());
        event.datasetTokens().forEach(refresh.putArray("dataset_tokens")::add);
        event.<Optional<String>>fold(
                        accepted -> Optional.of(accepted.runToken()),
                        finished -> Optional.of(finished.runToken()),
                        rejected -> Optional.empty())
                .ifPresent(token -> refresh.put("run_token", token));
        event.<Optional<Duration>>fold(
                        accepted -> Optional.empty(), RunFinished::freshness, rejected -> Optional.empty())
                .ifPresent(age -> refresh.put("freshness_seconds", Times.seconds(age)));
    }

    private void job(ObjectNode job, String namespace, RunEvent event) {
        var report = event.report();
        var facets = job.put("namespace", namespace).put("name", name(report)).putObject("facets");
        LineageFacets.jobType(facets, report.kind());
        presentation
                .shown(report.account(), event.name())
                .ifPresent(shown -> LineageFacets.documentation(facets, shown));
    }

    /** What a dataset's query reads isn't known here. */
    private static void inputs(ArrayNode inputs, String namespace, RunEvent event) {
        if (event.report().isDataset()) {
            return;
        }
        event.datasetTokens().forEach(token -> inputs.addObject()
                .put("namespace", namespace)
                .put("name", name(ReportKey.dataset(event.report().account(), token))));
    }

    private static void output(ArrayNode outputs, String namespace, URI host, ReportKey report) {
        var facets = outputs.addObject()
                .put("namespace", namespace)
                .put("name", name(report))
                .putObject("facets");
        LineageFacets.datasetType(facets, report.kind());
        LineageFacets.dataSource(facets, namespace, host + "/" + report.account());
        LineageFacets.symlink(facets, host.toString(), WebUrl.path(report));
    }
}
