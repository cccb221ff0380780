package io.freshet.api.admin;

import io.freshet.api.ChangeBody;
import io.freshet.api.Problem;
import io.freshet.api.access.Role;
import io.freshet.catalog.Catalog;
import io.freshet.catalog.Usages;
import io.freshet.event.Accounts;
import io.freshet.event.Change;
import io.freshet.event.EventReader;
import io.freshet.event.InboundRecord;
import io.freshet.event.Presentation;
import io.freshet.event.Topics;
import io.freshet.mode.Answer;
import io.freshet.mode.Mode;
import io.freshet.plan.Planner;
import io.freshet.plan.RunFirst;
import io.freshet.workspace.Workspace;
import io.freshet.workspace.Workspaces;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/** What a change would lead to, without doing it: the same reading, catalogue and planner as for a change of the topic. */
@Path("/api/v1/plans")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.OPERATOR, Role.ADMIN})
public class Plans {

    private final EventReader reader = new EventReader();
    private final Accounts accounts;
    private final Topics topics;
    private final Catalog catalog;
    private final RunFirst runFirst;
    private final AtOwner owner;
    private final ModeCalls mode;
    private final Workspaces workspaces;
    private final Presentation presentation;
    private final Clock clock;

    Plans(
            Accounts accounts,
            Topics topics,
            Catalog catalog,
            RunFirst runFirst,
            AtOwner owner,
            ModeCalls mode,
            Workspaces workspaces,
            Presentation presentation,
            Clock clock) {
        this.accounts = accounts;
        this.topics = topics;
        this.catalog = catalog;
        this.runFirst = runFirst;
        this.owner = owner;
        this.mode = mode;
        this.workspaces = workspaces;
        this.presentation = presentation;
        this.clock = clock;
    }

    @POST
    @TakesJson
    @Operation(summary = "What a change would lead to; nothing is posted, nothing is told", description = AtOwner.NOTE)
    public Uni<Plan> plan(
            @RequestBody(
                            description = "A change, as it would be written to the topic upstream-data-changed",
                            content = @Content(schema = @Schema(implementation = ChangeBody.class)))
                    byte @Nullable [] body) {
        var change = change(body);
        return owner.answer(change.account(), body, () -> planHere(change));
    }

    private Uni<Plan> planHere(Change change) {
        var limits = workspaces.find(change.account()).orElseThrow();
        return mode.call(change.account(), api -> resolve(change))
                .map(usages -> plan(change, usages, limits, mode.ready(change.account())));
    }

    private Change change(byte @Nullable [] body) {
        var arrival =
                new InboundRecord(topics.upstreamDataChanged(), 0, 0, clock.instant(), null, body, new RecordHeaders());
        return reader.readChange(arrival, accounts, clock.instant()).fold(change -> change, (code, reason) -> {
            throw Problem.wrong("%s (%s)".formatted(reason, code));
        });
    }

    private Uni<Answer<Usages>> resolve(Change change) {
        return catalog.of(change.account(), change.target(), change.tables(), clock.instant());
    }

    private Plan plan(Change change, Usages usages, Workspace workspace, Mode ready) {
        var now = clock.instant();
        var first = runFirst.of(change.account(), change.target(), ready.clock().latest(Duration.ZERO));
        var plan = Planner.plan(change.account(), usages, first, change.isBackfill(), now);
        return Plan.of(change, usages, plan, presentation, ready.limit().use().limit(), workspace.period());
    }
}
