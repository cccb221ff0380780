package io.freshet.api.admin;

import io.freshet.api.FactRow;
import io.freshet.api.access.Audit;
import io.freshet.api.access.Role;
import io.freshet.event.FactKey;
import io.freshet.event.Subject;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Takes back what Freshet has learnt of a workspace. */
@Path("/api/v1/workspaces/{account}/learnt")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.OPERATOR, Role.ADMIN})
public class Learnt {

    private static final Set<Subject.Kind> KINDS =
            EnumSet.of(Subject.Kind.DATA_SOURCE, Subject.Kind.SPACE, Subject.Kind.DATASET);

    private final AtOwner owner;
    private final FactChanges facts;
    private final Audit audit;

    Learnt(AtOwner owner, FactChanges facts, Audit audit) {
        this.owner = owner;
        this.facts = facts;
        this.audit = audit;
    }

    @DELETE
    @Path("{subject}")
    @Operation(
            summary = "Forgets that datasets must run before their reports, until Mode's data shows it again",
            description = AtOwner.NOTE)
    public Uni<FactRow> forget(
            @PathParam("account") String account,
            @PathParam("subject") String subject,
            @QueryParam("why") @Nullable String why) {
        var key = FactKey.learnt(
                account,
                FactChanges.subject(
                        subject, KINDS, "subject must be data_source:TOKEN, space:TOKEN or dataset:TOKEN."));
        var because = FactChanges.why(why, "no reason was given");
        return owner.answer(account, () -> {
            audit.say("forget", "account=%s subject=%s".formatted(account, key.subject()));
            return facts.takeBack(key, because, audit.by());
        });
    }
}
