package io.freshet.api;

import io.freshet.replica.ThisReplica;
import io.freshet.view.Activity;
import io.freshet.view.ActivityFeed;
import io.freshet.view.ClusterView;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/** How this replica is, and what happens in all workspaces, to be read only. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Reads
public class Api {

    private static final Duration STATUS_EVERY = Duration.ofSeconds(2);
    private static final int RUNS = 50;
    private static final int MOST_RUNS = 1000;
    /** So many may look at the page of a replica at a time. */
    private static final int MOST_STREAMS = 200;

    private static final Duration SOON = Duration.ofSeconds(10);

    record Runs(String replica, List<Activity> runs) {}

    private final ThisReplica replica;
    private final Overview overview;
    private final ClusterView view;
    private final AtomicInteger streams = new AtomicInteger();

    Api(ThisReplica replica, Overview overview, ClusterView view) {
        this.replica = replica;
        this.overview = overview;
        this.view = view;
    }

    @GET
    @Path("status")
    @Operation(summary = "How this replica is, and what all of them have in hand")
    public Status status() {
        return overview.status();
    }

    /** How the last runs ended, the newest first. */
    @GET
    @Path("runs")
    @Operation(summary = "How the last runs ended, and which were rejected, the newest first")
    @APIResponseSchema(Runs.class)
    public Runs runs(@QueryParam("limit") @Nullable String limit) {
        return new Runs(replica.name(), view.ends(Query.limit(limit, RUNS, MOST_RUNS)));
    }

    /**
     * All that happens, as it happens, and the status every other second.
     *
     * @param after the id of an event: what has happened since, as far as it is known, comes first
     * @param last the same, as browsers say it when they connect again
     */
    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(summary = "What happens in all workspaces, as it happens, and the status every two seconds")
    @APIResponse(
            responseCode = "200",
            description = "Server-sent events: planned, accepted, finished, rejected, workspace and status",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(oneOf = {Activity.class, Status.class})))
    public Multi<OutboundSseEvent> events(
            @Context Sse sse,
            @QueryParam("after") @Nullable String after,
            @HeaderParam("Last-Event-ID") @Nullable String last) {
        var seen = Query.number("Last-Event-ID", last).or(() -> Query.number("after", after));
        if (streams.get() >= MOST_STREAMS) {
            throw Problem.of(503, "Too many look at this replica as it happens: ask again later, or ask another one.")
                    .exceptionUntil(SOON);
        }
        var statuses = Multi.createFrom()
                .ticks()
                .every(STATUS_EVERY)
                .onOverflow()
                .drop()
                .map(tick -> status(sse));
        var happened = view.after(seen.orElse(Long.MAX_VALUE)).map(one -> event(sse, one));
        return Multi.createBy()
                .merging()
                .streams(statuses, happened)
                .onSubscription()
                .invoke(streams::incrementAndGet)
                .onTermination()
                .invoke(streams::decrementAndGet);
    }

    private OutboundSseEvent status(Sse sse) {
        return event(sse, "status").data(overview.status()).build();
    }

    private static OutboundSseEvent event(Sse sse, ActivityFeed.Numbered one) {
        return event(sse, one.activity().what())
                .id(Long.toString(one.number()))
                .data(one.activity())
                .build();
    }

    private static OutboundSseEvent.Builder event(Sse sse, String name) {
        return sse.newEventBuilder().name(name);
    }
}
