package io.freshet.api.admin;

import io.freshet.api.Problem;
import io.freshet.api.access.Role;
import io.freshet.event.InboundRecord;
import io.freshet.event.Topics;
import io.freshet.lineage.LineageReader;
import io.freshet.run.MatchRuns;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

/** Events of OpenLineage for tools that speak only HTTP, and which of its namespaces were no data source's. */
@Path("/api/v1/lineage")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.OPERATOR, Role.ADMIN})
public class Lineage {

    private static final Problem OFF =
            Problem.of(404, "No topic for events of OpenLineage is set: see freshet.topics.openlineage.");
    private static final Problem NOT_TAKEN = Problem.of(
            503, "Kafka has not taken the event; it may be there all the same, and coming twice does no harm.");

    /** @param account whose data sources were looked at */
    record Unmatched(String account, List<UnmatchedView> unmatched) {}

    private final LineageReader reader = new LineageReader();
    private final MutinyEmitter<ProducerRecord<byte[], byte[]>> events;
    private final Topics topics;
    private final MatchRuns matchRuns;
    private final AtOwner owner;
    private final RequestTimeout timeout;
    private final Clock clock;

    Lineage(
            // Whose records name their topics, so that nothing more is connected while this is off.
            @Channel("to-refresh-requested") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<byte[], byte[]>> events,
            Topics topics,
            MatchRuns matchRuns,
            AtOwner owner,
            RequestTimeout timeout,
            Clock clock) {
        this.events = events;
        this.topics = topics;
        this.matchRuns = matchRuns;
        this.owner = owner;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** Any event is written, since others may read the topic, too. */
    @POST
    @TakesJson
    @RolesAllowed({Role.PRODUCER, Role.ADMIN})
    @APIResponse(responseCode = "204", description = "Kafka has it")
    @Operation(summary = "Writes one event of OpenLineage to the topic that Freshet reads them from")
    public Uni<Void> write(@RequestBody byte @Nullable [] body) {
        var topic = topics.openlineage().orElseThrow(OFF::exception);
        var now = clock.instant();
        check(topic, body, now);
        var key = LineageReader.key(body).map(text -> text.getBytes(StandardCharsets.UTF_8));
        return timeout.with(events.send(new ProducerRecord<>(topic, key.orElse(null), body)))
                .onFailure()
                .transform(
                        failure -> (failure instanceof TimeoutException ? timeout.tooLate() : NOT_TAKEN).exception());
    }

    private void check(String topic, byte @Nullable [] body, Instant now) {
        var read = reader.read(new InboundRecord(topic, 0, 0, now, null, body, new RecordHeaders()), now);
        read.<Boolean>fold(run -> true, none -> true, (code, reason) -> {
            throw Problem.wrong("%s (%s)".formatted(reason, code));
        });
    }

    @GET
    @Path("unmatched")
    @Operation(
            summary = "The last namespaces of OpenLineage that were no data source's, and which one is nearest",
            description = AtOwner.NOTE)
    public Uni<Unmatched> unmatched(@QueryParam("account") @Nullable String account) {
        if (account == null) {
            throw Problem.wrong("account must name a workspace.");
        }
        return owner.answer(account, () -> Uni.createFrom()
                .item(new Unmatched(
                        account,
                        matchRuns.unmatched(account).stream()
                                .map(UnmatchedView::of)
                                .toList())));
    }
}
