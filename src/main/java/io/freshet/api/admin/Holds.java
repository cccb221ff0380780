package io.freshet.api.admin;

import io.freshet.api.FactRow;
import io.freshet.api.access.Audit;
import io.freshet.api.access.Role;
import io.freshet.event.FactKey;
import io.freshet.event.Subject;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/** What is to be posted no more, until it is released. */
@Path("/api/v1/workspaces/{account}/holds")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.OPERATOR, Role.ADMIN})
public class Holds {

    private static final Set<Subject.Kind> KINDS =
            EnumSet.of(Subject.Kind.WORKSPACE, Subject.Kind.DATA_SOURCE, Subject.Kind.REPORT);
    private static final String OTHERWISE = "subject must be workspace, data_source:TOKEN or report:TOKEN.";

    /**
     * What is to be held.
     *
     * @param subject workspace, data_source:TOKEN or report:TOKEN
     * @param why for whoever finds it held
     */
    @RegisterForReflection // read from bytes, so Quarkus can't see it
    record Hold(@Nullable String subject, @Nullable String why) {}

    private final AtOwner owner;
    private final FactChanges facts;
    private final Audit audit;

    Holds(AtOwner owner, FactChanges facts, Audit audit) {
        this.owner = owner;
        this.facts = facts;
        this.audit = audit;
    }

    @POST
    @TakesJson
    @Operation(
            summary = "Holds a workspace, a data source or a report: nothing is posted for it until it is released",
            description = AtOwner.NOTE)
    public Uni<FactRow> hold(
            @PathParam("account") String account,
            @RequestBody(content = @Content(schema = @Schema(implementation = Hold.class))) byte[] body) {
        var hold = Json.read(body, Hold.class);
        var key = FactKey.held(account, FactChanges.subject(hold.subject(), KINDS, OTHERWISE));
        var why = FactChanges.why(hold.why(), "no reason was given");
        return owner.answer(account, body, () -> {
            audit.say("hold", "account=%s subject=%s".formatted(account, key.subject()));
            return facts.add(key, why, audit.by());
        });
    }

    @DELETE
    @Path("{subject}")
    @Operation(summary = "Releases what is held: what has waited is posted", description = AtOwner.NOTE)
    public Uni<FactRow> release(
            @PathParam("account") String account,
            @PathParam("subject") String subject,
            @QueryParam("why") @Nullable String why) {
        var key = FactKey.held(account, FactChanges.subject(subject, KINDS, OTHERWISE));
        var because = FactChanges.why(why, "no reason was given");
        return owner.answer(account, () -> {
            audit.say("release", "account=%s subject=%s".formatted(account, key.subject()));
            return facts.takeBack(key, because, audit.by());
        });
    }
}
