package io.freshet.api.admin;

import io.freshet.api.Problem;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.EventWriter;
import io.freshet.event.Refresh;
import io.freshet.event.ReportKey;
import io.freshet.event.Topics;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

/** Writes the request that one report be refreshed, as people and tools may; what follows is the second flow's. */
@ApplicationScoped
class RefreshNow {

    private static final Problem NOT_TAKEN = Problem.of(503, "Kafka didn't take the refresh: ask again later.");
    private static final int MOST_DATASETS = 2_000;
    private static final int LONGEST_ID = 512;

    /**
     * What is wanted; all of it may be left out.
     *
     * @param datasetTokens which datasets, else all that the report imports
     * @param id the request's identity: the same id for the same report again is the same request; else a new one
     * @param reason carried along, never interpreted
     */
    @RegisterForReflection // read from bytes, so Quarkus can't see it
    record Wanted(
            @Nullable SortedSet<String> datasetTokens,
            @Nullable String id,
            @Nullable String reason) {

        void check() {
            if (datasetTokens != null) {
                if (datasetTokens.isEmpty() || datasetTokens.size() > MOST_DATASETS) {
                    throw Json.wrong(
                            "dataset_tokens must name 1 to %d datasets, or be left out.".formatted(MOST_DATASETS));
                }
                datasetTokens.forEach(token -> ModeCalls.token("each of dataset_tokens", token));
            }
            if (id != null && (id.isBlank() || id.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID)) {
                throw Json.wrong("id must have 1 to %d bytes, or be left out.".formatted(LONGEST_ID));
            }
        }
    }

    /** A change's identity, by which the events about its run name it. */
    record Change(String source, String id) {}

    /**
     * What was written.
     *
     * @param id of the event
     * @param change by which the events about the run will name it
     */
    record Requested(
            String id,
            String account,
            String reportToken,
            SortedSet<String> datasetTokens,
            Change change,
            Instant requestedAt) {}

    private final ModeCalls mode;
    private final MutinyEmitter<ProducerRecord<byte[], byte[]>> refreshes;
    private final Topics topics;
    private final RequestTimeout patience;
    private final Clock clock;
    private final EventWriter events = new EventWriter();

    RefreshNow(
            ModeCalls mode,
            @Channel("refreshes") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<byte[], byte[]>> refreshes,
            Topics topics,
            RequestTimeout patience,
            Clock clock) {
        this.mode = mode;
        this.refreshes = refreshes;
        this.topics = topics;
        this.patience = patience;
        this.clock = clock;
    }

    /** Ends when the broker has it. */
    Uni<Requested> request(ReportKey report, Wanted wanted) {
        return datasets(report, wanted).flatMap(datasets -> write(report, datasets, wanted));
    }

    private Uni<SortedSet<String>> datasets(ReportKey report, Wanted wanted) {
        return wanted.datasetTokens() != null
                ? Uni.createFrom().item(wanted.datasetTokens())
                : mode.call(report.account(), api -> api.importedDatasets(report.reportToken()))
                        .map(RefreshNow::imported);
    }

    private static SortedSet<String> imported(Optional<SortedSet<String>> said) {
        return said.filter(datasets -> !datasets.isEmpty())
                .orElseThrow(() ->
                        Json.wrong("Mode names no datasets that this report imports: name them in dataset_tokens."));
    }

    private Uni<Requested> write(ReportKey report, SortedSet<String> datasets, Wanted wanted) {
        var now = clock.instant();
        var id = Optional.ofNullable(wanted.id())
                .orElseGet(() -> UUID.randomUUID().toString());
        var cause = new ChangeRef("/freshet/%s/api".formatted(report.account()), id, now, wanted.reason());
        var refresh = new Refresh(report, datasets, ChangeRefs.of(cause), now);
        var event = events.write(topics.refreshRequested(), refresh);
        var requested = new Requested(
                new String(event.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8),
                report.account(),
                report.reportToken(),
                refresh.datasetTokens(),
                new Change(cause.source(), cause.id()),
                now);
        return patience.with(refreshes.send(event))
                .onFailure()
                .transform(
                        failure -> (failure instanceof TimeoutException ? patience.tooLate() : NOT_TAKEN).exception())
                .replaceWith(requested);
    }
}
