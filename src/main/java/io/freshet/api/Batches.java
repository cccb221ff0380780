package io.freshet.api;

import io.freshet.view.BatchQuery;
import io.freshet.view.ClusterView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** Changes by how they were planned together, of all workspaces, whichever replica owns them. */
@Path("/api/v1/batches")
@Produces(MediaType.APPLICATION_JSON)
@Reads
public class Batches {

    private static final int LISTED = 50;
    private static final int MOST_LISTED = 500;

    /** @param caughtUpPercent how much of what is known was read; absent once it is all */
    record Newest(@Nullable Integer caughtUpPercent, List<BatchRow> batches) {}

    private final ClusterView view;

    Batches(ClusterView view) {
        this.view = view;
    }

    @GET
    @Operation(
            summary = "The changes that were planned last, by their batches, and where each stands; the newest first")
    @APIResponseSchema(Newest.class)
    public Newest newest(
            @QueryParam("account") @Nullable String account,
            @QueryParam("state") @Nullable String state,
            @QueryParam("limit") @Nullable String limit) {
        var query =
                new BatchQuery(Optional.ofNullable(account), isSettled(state), Query.limit(limit, LISTED, MOST_LISTED));
        var progress = view.progress();
        return new Newest(
                Behind.percent(progress).orElse(null),
                view.batches(query).stream().map(BatchRow::of).toList());
    }

    private static Optional<Boolean> isSettled(@Nullable String state) {
        if (state != null && !state.equals("open") && !state.equals("settled")) {
            throw Problem.wrong("state must be open or settled.");
        }
        return Optional.ofNullable(state).map("settled"::equals);
    }
}
