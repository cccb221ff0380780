package io.freshet.api;

import io.freshet.event.Accounts;
import io.freshet.replica.ThisReplica;
import io.freshet.view.Activity;
import io.freshet.view.ClusterView;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** How this replica is, and what happens in all workspaces, to be read only. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Reads
public class Api {

    private static final int RUNS = 50;
    private static final int MOST_RUNS = 1000;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Problem TOO_MANY =
            Problem.of(503, "Too many look at this replica as it happens: ask again later, or ask another one.");

    record Runs(String replica, List<Activity> runs) {}

    private final ThisReplica replica;
    private final Overview overview;
    private final ClusterView view;
    private final Accounts accounts;
    private final LiveEvents events;

    Api(ThisReplica replica, Overview overview, ClusterView view, Accounts accounts, LiveEvents events) {
        this.replica = replica;
        this.overview = overview;
        this.view = view;
        this.accounts = accounts;
        this.events = events;
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
    @Operation(summary = "How the last runs ended, and which were rejected, the newest first; all, or those of a batch")
    @APIResponseSchema(Runs.class)
    public Runs runs(
            @QueryParam("account") @Nullable String account,
            @QueryParam("batch") @Nullable String batch,
            @QueryParam("limit") @Nullable String limit) {
        var of = Query.batch(batch, () -> Query.account(account, accounts));
        if (account != null && of.isEmpty()) {
            throw Problem.wrong("account only goes with batch.");
        }
        return new Runs(replica.name(), view.ends(of, Query.limit(limit, RUNS, MOST_RUNS)));
    }

    /**
     * All that happens, as it happens, and the status every other second.
     *
     * @param after the id of an event: what has happened since, as far as it is known, comes first
     * @param last the same, as browsers say it when they connect again
     */
    @GET
    @Path("events")
    @NonBlocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "What happens in all workspaces, as it happens, and the status every two seconds")
    @APIResponse(
            responseCode = "200",
            description = "Server-sent events: planned, accepted, finished, rejected, workspace and status",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(oneOf = {Activity.class, Status.class})))
    public EventStream events(
            @QueryParam("after") @Nullable String after, @HeaderParam("Last-Event-ID") @Nullable String last) {
        var seen = Query.event("Last-Event-ID", last).or(() -> Query.event("after", after));
        return events.after(seen.orElse(Long.MAX_VALUE))
                .map(EventStream::new)
                .orElseThrow(() -> TOO_MANY.exceptionUntil(SOON));
    }
}
