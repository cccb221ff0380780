package io.freshet.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.event.Accounts;
import io.freshet.event.BatchKey;
import io.freshet.event.Presentation;
import io.freshet.event.ReportKey;
import io.freshet.view.ClusterView;
import io.freshet.view.ReportQuery;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** Where the reports of all workspaces stand, whichever replica owns them. */
@Path("/api/v1/reports")
@Produces(MediaType.APPLICATION_JSON)
@Reads
public class Reports {

    private static final int LISTED = 100;
    private static final int MOST_LISTED = 1000;
    private static final int RUNS = 20;

    /**
     * @param count how many match
     * @param next the value of {@code after} for those that come then
     * @param batch the batch that was asked for; absent if it isn't known
     * @param caughtUpPercent how much of what is known was read; absent once it is all
     */
    record Listed(
            int count,
            @Nullable String next,
            @Nullable BatchRow batch,
            @Nullable Integer caughtUpPercent,
            List<ReportRow> reports) {}

    /** @param runs as they were told on the topic run-finished, the newest first */
    record WithRuns(@JsonUnwrapped ReportRow report, List<Map<String, Object>> runs) {}

    private final ClusterView view;
    private final Presentation presentation;
    private final Accounts accounts;
    private final ObjectMapper mapper;
    private final Clock clock;

    Reports(ClusterView view, Presentation presentation, Accounts accounts, ObjectMapper mapper, Clock clock) {
        this.view = view;
        this.presentation = presentation;
        this.accounts = accounts;
        this.mapper = mapper;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary =
                    "Where the reports of all workspaces stand, and the datasets that are run by themselves, by account and token, or the oldest at the top")
    @APIResponseSchema(Listed.class)
    public Listed list(
            @QueryParam("account") @Nullable String account,
            @QueryParam("state") @Nullable String state,
            @QueryParam("q") @Nullable String text,
            @QueryParam("outcome") @Nullable String outcome,
            @QueryParam("batch") @Nullable String batch,
            @QueryParam("order") @Nullable String order,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after) {
        var asked = Query.batch(batch, () -> Query.account(account, accounts));
        var ordered = Query.order(order);
        var query = new ReportQuery(
                asked.map(BatchKey::account).or(() -> Optional.ofNullable(account)),
                Query.state(state),
                Optional.ofNullable(text),
                Query.outcomes(outcome),
                asked,
                Query.limit(limit, LISTED, MOST_LISTED),
                After.read(after, ordered),
                ordered);
        var progress = view.progress();
        var found = view.reports(query);
        var now = clock.instant();
        return new Listed(
                found.count(),
                found.next().map(place -> After.write(place, ordered)).orElse(null),
                asked.flatMap(view::batch).map(BatchRow::of).orElse(null),
                Behind.percent(progress).orElse(null),
                found.reports().stream()
                        .map(one -> ReportRow.of(one, presentation, now))
                        .toList());
    }

    @GET
    @Path("{account}/{token}")
    @Operation(summary = "Where one report or dataset stands, and how its last runs ended, the newest first")
    @APIResponseSchema(WithRuns.class)
    public WithRuns one(@PathParam("account") String account, @PathParam("token") String token) {
        var key = new ReportKey(account, token);
        var progress = view.progress();
        var report = view.report(key)
                .or(() -> view.report(ReportKey.dataset(account, token)))
                .orElseThrow(() -> Behind.unless(
                        progress, "Freshet has never run a report %s of the workspace %s.".formatted(token, account)));
        var runs = view.runs(key, RUNS).stream().map(this::read).toList();
        return new WithRuns(ReportRow.of(report, presentation, clock.instant()), runs);
    }

    private Map<String, Object> read(String told) {
        try {
            return mapper.readValue(told, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("it was read before", e);
        }
    }
}
