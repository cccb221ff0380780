package io.freshet.api.admin;

import io.freshet.api.Problem;
import io.freshet.event.ChangeRef;
import io.freshet.event.EventWriter;
import io.freshet.event.OwnIdentity;
import io.freshet.event.Presentation;
import io.freshet.event.ReportKey;
import io.freshet.event.Topics;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

/** Writes the request that one report be refreshed, as people and tools may; what follows is the intake's. */
@ApplicationScoped
class RefreshNow {

    private static final Problem NOT_TAKEN = Problem.of(503, "Kafka didn't take the refresh: ask again later.");
    private static final int MOST_DATASETS = 1_000;

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
                    throw Problem.wrong(
                            "dataset_tokens must name 1 to %d datasets, or be left out.".formatted(MOST_DATASETS));
                }
                datasetTokens.forEach(token -> ModeCalls.token("each of dataset_tokens", token));
            }
            if (id != null && !OwnIdentity.isId(id)) {
                throw Problem.wrong("id must have 1 to %d bytes and no control characters, or be left out."
                        .formatted(OwnIdentity.LONGEST));
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
            @Nullable SortedSet<String> datasetTokens,
            Change change,
            Instant requestedAt) {}

    private final MutinyEmitter<ProducerRecord<byte[], byte[]>> refreshes;
    private final Topics topics;
    private final RequestTimeout timeout;
    private final Clock clock;
    private final EventWriter events;

    RefreshNow(
            @Channel("to-refresh-requested") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<byte[], byte[]>> refreshes,
            Topics topics,
            Presentation presentation,
            RequestTimeout timeout,
            Clock clock) {
        this.refreshes = refreshes;
        this.topics = topics;
        this.events = new EventWriter(presentation);
        this.timeout = timeout;
        this.clock = clock;
    }

    /** Ends when the broker has it. */
    Uni<Requested> request(ReportKey report, Wanted wanted) {
        var now = clock.instant();
        var id = Optional.ofNullable(wanted.id())
                .orElseGet(() -> UUID.randomUUID().toString());
        var change = new ChangeRef("/freshet/%s/api".formatted(report.account()), id, now, wanted.reason());
        var datasets = Optional.ofNullable(wanted.datasetTokens()).orElseGet(Collections::emptySortedSet);
        var event = events.write(topics.refreshRequested(), report, datasets, change);
        var requested = new Requested(
                id,
                report.account(),
                report.reportToken(),
                wanted.datasetTokens(),
                new Change(change.source(), change.id()),
                now);
        return timeout.with(refreshes.send(event))
                .onFailure()
                .transform(failure -> (failure instanceof TimeoutException ? timeout.tooLate() : NOT_TAKEN).exception())
                .replaceWith(requested);
    }
}
