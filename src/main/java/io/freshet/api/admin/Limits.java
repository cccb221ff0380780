package io.freshet.api.admin;

import io.freshet.api.Reads;
import io.freshet.replica.ThisReplica;
import io.freshet.workspace.Workspaces;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** How the request limits of workspaces are used. Only the owner of a workspace calls Mode, so only it knows. */
@Path("/api/v1/workspaces/{account}/limit")
@Produces(MediaType.APPLICATION_JSON)
@Reads
public class Limits {

    private final AtOwner owner;
    private final ModeCalls mode;
    private final Workspaces workspaces;
    private final ThisReplica replica;
    private final Clock clock;

    Limits(AtOwner owner, ModeCalls mode, Workspaces workspaces, ThisReplica replica, Clock clock) {
        this.owner = owner;
        this.mode = mode;
        this.workspaces = workspaces;
        this.replica = replica;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary =
                    "How the request limit of a workspace is used: who waits for it, and which calls were made lately",
            description = AtOwner.NOTE)
    @APIResponseSchema(LimitView.class)
    public Uni<LimitView> limit(@PathParam("account") String account) {
        return owner.read(account, () -> Uni.createFrom().item(() -> here(account)));
    }

    private LimitView here(String account) {
        return LimitView.of(
                workspaces.find(account).orElseThrow(),
                replica.name(),
                mode.known(account).limit().status(),
                clock.instant());
    }
}
