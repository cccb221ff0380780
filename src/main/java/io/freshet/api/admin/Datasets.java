package io.freshet.api.admin;

import static io.freshet.api.admin.ModeCalls.token;

import io.freshet.api.Problem;
import io.freshet.api.access.Audit;
import io.freshet.api.access.Role;
import io.freshet.mode.DatasetUpdate;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/** A workspace's datasets, as Mode has them now. */
@Path("/api/v1/workspaces/{account}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.OPERATOR, Role.ADMIN})
public class Datasets {

    /** What is to be changed; what is left out stays as it is. */
    @RegisterForReflection // read from bytes, so Quarkus can't see it
    record Update(
            @Nullable String name,
            @Nullable String description,
            @Nullable String spaceToken) {

        DatasetUpdate checked() {
            if (name == null && description == null && spaceToken == null) {
                throw Problem.wrong("Nothing is to be changed: give a name, a description or a space_token.");
            }
            if (spaceToken != null) {
                token("space_token", spaceToken);
            }
            return new DatasetUpdate(
                    Optional.ofNullable(name), Optional.ofNullable(description), Optional.ofNullable(spaceToken));
        }
    }

    private final AtOwner owner;
    private final ModeCalls mode;
    private final Audit audit;

    Datasets(AtOwner owner, ModeCalls mode, Audit audit) {
        this.owner = owner;
        this.mode = mode;
        this.audit = audit;
    }

    @GET
    @Path("datasets/{dataset}")
    @Operation(summary = "One dataset", description = AtOwner.NOTE)
    public Uni<ModeViews.Dataset> get(@PathParam("account") String account, @PathParam("dataset") String dataset) {
        token("dataset", dataset);
        return owner.answer(
                account, () -> mode.call(account, api -> api.dataset(dataset)).map(ModeViews.Dataset::of));
    }

    @PATCH
    @RolesAllowed(Role.ADMIN)
    @Path("datasets/{dataset}")
    @TakesJson
    @Operation(summary = "Changes a dataset's name, description or Collection", description = AtOwner.NOTE)
    public Uni<ModeViews.Dataset> update(
            @PathParam("account") String account,
            @PathParam("dataset") String dataset,
            @RequestBody(content = @Content(schema = @Schema(implementation = Update.class))) byte[] body) {
        token("dataset", dataset);
        var update = Json.read(body, Update.class).checked();
        return owner.answer(account, body, () -> updateHere(account, dataset, update));
    }

    private Uni<ModeViews.Dataset> updateHere(String account, String dataset, DatasetUpdate update) {
        audit.say("update", "account=%s dataset=%s".formatted(account, dataset));
        return mode.change(account, dataset, api -> api.updateDataset(dataset, update))
                .map(ModeViews.Dataset::of);
    }

    @DELETE
    @RolesAllowed(Role.ADMIN)
    @Path("datasets/{dataset}")
    @Operation(summary = "Deletes a dataset; the reports that import it break", description = AtOwner.NOTE)
    public Uni<ModeViews.Deleted> delete(@PathParam("account") String account, @PathParam("dataset") String dataset) {
        token("dataset", dataset);
        return owner.answer(account, () -> deleteHere(account, dataset));
    }

    private Uni<ModeViews.Deleted> deleteHere(String account, String dataset) {
        audit.say("delete", "account=%s dataset=%s".formatted(account, dataset));
        return mode.change(account, dataset, api -> api.deleteDataset(dataset)).map(ModeViews.Deleted::new);
    }

    @GET
    @Path("datasets/{dataset}/reports")
    @Operation(summary = "The reports that import a dataset", description = AtOwner.NOTE)
    public Uni<List<ModeViews.Report>> reports(
            @PathParam("account") String account, @PathParam("dataset") String dataset) {
        token("dataset", dataset);
        return owner.answer(account, () -> mode.call(account, api -> api.reportsOfDataset(dataset))
                .map(found -> found.stream().map(ModeViews.Report::of).toList()));
    }

    @GET
    @Path("data_sources/{data_source}/datasets")
    @Operation(summary = "The datasets on a data source", description = AtOwner.NOTE)
    public Uni<List<ModeViews.Dataset>> ofDataSource(
            @PathParam("account") String account, @PathParam("data_source") String dataSource) {
        token("data_source", dataSource);
        return owner.answer(account, () -> mode.call(account, api -> api.datasetsOfDataSource(dataSource))
                .map(ModeViews.Dataset::of));
    }

    @GET
    @Path("spaces/{space}/datasets")
    @Operation(summary = "The datasets in a Collection", description = AtOwner.NOTE)
    public Uni<List<ModeViews.Dataset>> ofSpace(
            @PathParam("account") String account, @PathParam("space") String space) {
        token("space", space);
        return owner.answer(account, () -> mode.call(account, api -> api.datasetsOfSpace(space))
                .map(ModeViews.Dataset::of));
    }
}
