package io.freshet.api;

import io.freshet.event.ReportKey;
import io.freshet.view.ClusterView;
import io.freshet.view.LateReport;
import io.freshet.view.ReportStatus;
import io.freshet.view.UnshownReport;
import io.freshet.workspace.Objective;
import io.freshet.workspace.Objectives;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** How fresh reports must be, and which have something to show yet, whichever replica owns them. */
@Path("/api/v1/objectives")
@Produces(MediaType.APPLICATION_JSON)
@Reads
public class ObjectivesStanding {

    /** @param caughtUpPercent how much of what is known was read; absent once it is all */
    record Known(@Nullable Integer caughtUpPercent, List<ObjectiveRow> objectives) {}

    private record Key(String account, String report, String objective) {

        static Key of(UnshownReport one) {
            return new Key(one.account(), one.report(), one.objective());
        }

        static Key of(LateReport one) {
            return new Key(one.account(), one.report(), one.objective());
        }
    }

    private final Objectives objectives;
    private final ClusterView view;

    ObjectivesStanding(Objectives objectives, ClusterView view) {
        this.objectives = objectives;
        this.view = view;
    }

    @GET
    @Operation(summary = "The objectives that are set, and which reports haven't shown a change yet, by when it is due")
    @APIResponseSchema(Known.class)
    public Known objectives(@QueryParam("account") @Nullable String account) {
        var progress = view.progress();
        var late = new HashMap<Key, Instant>();
        view.late().forEach(one -> late.put(Key.of(one), one.since()));
        var unshown = view.unshown();
        return new Known(
                Behind.percent(progress).orElse(null),
                objectives.all().stream()
                        .filter(one -> account == null || one.account().equals(account))
                        .map(one -> row(one, unshown, late))
                        .toList());
    }

    private ObjectiveRow row(Objective objective, List<UnshownReport> unshown, Map<Key, Instant> late) {
        return ObjectiveRow.of(
                objective,
                unshown.stream()
                        .filter(one -> one.account().equals(objective.account())
                                && one.objective().equals(objective.name()))
                        .map(one -> ObjectiveRow.Unshown.of(one, objective, late.get(Key.of(one))))
                        .sorted(Comparator.comparing(ObjectiveRow.Unshown::due))
                        .toList(),
                token -> view.report(new ReportKey(objective.account(), token)).flatMap(ReportStatus::name));
    }
}
