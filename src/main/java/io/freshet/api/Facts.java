package io.freshet.api;

import io.freshet.view.ClusterView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** What is held, paused or quarantined, and what has been learnt, of all workspaces, whichever replica owns them. */
@Path("/api/v1/facts")
@Produces(MediaType.APPLICATION_JSON)
@Reads
public class Facts {

    /** @param caughtUpPercent how much of what is known was read; absent once it is all */
    record Known(@Nullable Integer caughtUpPercent, List<FactRow> facts) {}

    private final ClusterView view;

    Facts(ClusterView view) {
        this.view = view;
    }

    @GET
    @Operation(summary = "What is held or paused, and what has been learnt, of all workspaces or one")
    @APIResponseSchema(Known.class)
    public Known facts(@QueryParam("account") @Nullable String account) {
        return new Known(
                Behind.percent(view.progress()).orElse(null),
                view.facts().stream()
                        .filter(fact -> account == null || fact.key().account().equals(account))
                        .map(fact -> FactRow.of(fact, view))
                        .toList());
    }
}
