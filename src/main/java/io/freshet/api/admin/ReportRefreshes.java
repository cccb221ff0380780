package io.freshet.api.admin;

import static io.freshet.api.admin.ModeCalls.token;

import io.freshet.api.Problem;
import io.freshet.api.access.Audit;
import io.freshet.api.access.Role;
import io.freshet.event.ReportKey;
import io.freshet.mode.ReportRun;
import io.freshet.mode.limit.Lane;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** One report's runs as Mode has them, and the request for another. */
@Path("/api/v1/workspaces/{account}/reports/{report}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.OPERATOR, Role.ADMIN})
public class ReportRefreshes {

    private static final Duration A_DAY = Duration.ofDays(1);

    private final AtOwner owner;
    private final ModeCalls mode;
    private final RefreshNow refreshNow;
    private final Audit audit;
    private final Clock clock;

    ReportRefreshes(AtOwner owner, ModeCalls mode, RefreshNow refreshNow, Audit audit, Clock clock) {
        this.owner = owner;
        this.mode = mode;
        this.refreshNow = refreshNow;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param since how far back, a day where it isn't said; perhaps further, as Mode lists whole pages */
    @GET
    @Path("runs")
    @Operation(summary = "The runs of a report in Mode, the newest first", description = AtOwner.NOTE)
    public Uni<List<ModeViews.Run>> runs(
            @PathParam("account") String account,
            @PathParam("report") String report,
            @QueryParam("since") @Nullable String since) {
        token("report", report);
        var from = since == null ? clock.instant().minus(A_DAY) : time(since);
        return owner.answer(account, () -> runsHere(account, report, from));
    }

    private Uni<List<ModeViews.Run>> runsHere(String account, String report, Instant from) {
        return mode.<List<ReportRun>>call(account, api -> api.permit(Lane.RESOLVE, clock.instant())
                        .flatMap(permit -> api.runs(permit, report, from)))
                .map(runs -> runs.stream().map(ModeViews.Run::of).toList());
    }

    @POST
    @Path("refreshes")
    @TakesJson
    @ResponseStatus(202)
    @APIResponseSchema(value = RefreshNow.Requested.class, responseCode = "202")
    @Operation(summary = "Refreshes this report now: writes the request to the topic refresh-requested")
    public Uni<RefreshNow.Requested> refresh(
            @PathParam("account") String account,
            @PathParam("report") String report,
            @RequestBody(content = @Content(schema = @Schema(implementation = RefreshNow.Wanted.class))) byte[] body) {
        token("report", report);
        var wanted = Json.read(body, RefreshNow.Wanted.class);
        wanted.check();
        mode.known(account); // any replica writes it, and the owner reads it
        audit.say("refresh", "account=%s report=%s".formatted(account, report));
        return refreshNow.request(new ReportKey(account, report), wanted);
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Problem.wrong("since must be an ISO-8601 time such as 2026-01-31T06:00:00Z.");
        }
    }
}
