package io.freshet.api;

import io.freshet.telemetry.Activity;
import io.freshet.telemetry.ActivityFeed;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/** What this replica has in hand and what happens on it, to be read only. Other replicas answer for themselves. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public class Api {

    private static final Duration STATUS_EVERY = Duration.ofSeconds(2);
    private static final int REPORTS = 100;
    private static final int MOST_REPORTS = 1000;
    private static final int RUNS = 50;

    /** @param count how many there are, of which the first are listed */
    record Reports(String replica, int count, List<ReportRow> reports) {}

    record Runs(String replica, List<Activity> runs) {}

    private final Replica replica;
    private final Overview overview;
    private final ActivityFeed activities;

    Api(Replica replica, Overview overview, ActivityFeed activities) {
        this.replica = replica;
        this.overview = overview;
        this.activities = activities;
    }

    @GET
    @Path("status")
    @Operation(summary = "How this replica is")
    public Status status() {
        return overview.status();
    }

    @GET
    @Path("reports")
    @Operation(
            summary = "Where the reports of this replica stand: what is under way first, the oldest of it at the top")
    @APIResponseSchema(Reports.class)
    public Reports reports(@QueryParam("state") @Nullable String state, @QueryParam("limit") @Nullable String limit) {
        var most = Query.limit(limit, REPORTS, MOST_REPORTS);
        var wanted = Query.state(state);
        var rows = overview.reports().stream()
                .filter(row -> wanted.isEmpty() || wanted.get().equals(row.state()))
                .toList();
        return new Reports(
                replica.name(), rows.size(), rows.stream().limit(most).toList());
    }

    /** How the last runs ended, the newest first. */
    @GET
    @Path("runs")
    @Operation(summary = "How the last runs ended, and which were rejected, the newest first")
    @APIResponseSchema(Runs.class)
    public Runs runs(@QueryParam("limit") @Nullable String limit) {
        var most = Query.limit(limit, RUNS, ActivityFeed.KEPT);
        return new Runs(replica.name(), activities.ends().stream().limit(most).toList());
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
    @Operation(summary = "What happens on this replica, as it happens, and its status every two seconds")
    @APIResponse(
            responseCode = "200",
            description = "Server-sent events: planned, accepted, finished, rejected and status",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(oneOf = {Activity.class, Status.class})))
    public Multi<OutboundSseEvent> events(
            @Context Sse sse,
            @QueryParam("after") @Nullable String after,
            @HeaderParam("Last-Event-ID") @Nullable String last) {
        var seen = Query.number("Last-Event-ID", last).or(() -> Query.number("after", after));
        var statuses = Multi.createFrom()
                .ticks()
                .every(STATUS_EVERY)
                .onOverflow()
                .drop()
                .map(tick -> status(sse));
        var happened = activities.after(seen.orElse(Long.MAX_VALUE)).map(one -> event(sse, one));
        return Multi.createBy().merging().streams(statuses, happened);
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
