package io.freshet.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.event.Accounts;
import io.freshet.event.ChangeKey;
import io.freshet.event.ChangeRef;
import io.freshet.event.OwnIdentity;
import io.freshet.view.ChangeStatus;
import io.freshet.view.ClusterView;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** What became of a change, for whoever made it known. */
@Path("/api/v1/changes")
@Produces(MediaType.APPLICATION_JSON)
@Reads
public class Changes {

    private static final Duration MOST_PATIENT = Duration.ofSeconds(60);
    private static final String UNKNOWN =
            "No change with this source and id is known in the workspace %s. It may not have"
                    + " come yet: ask with wait; or it settled longer ago than freshet.changes.remember.";

    private final ClusterView view;
    private final Accounts accounts;
    private final ObjectMapper mapper;
    private final Executor workers;

    Changes(ClusterView view, Accounts accounts, ObjectMapper mapper, @Identifier("workers") Executor workers) {
        this.view = view;
        this.accounts = accounts;
        this.mapper = mapper;
        this.workers = workers;
    }

    /** @param wait how long to wait for it to settle, and to come if it hasn't */
    @GET
    @Operation(summary = "What became of a change; waits until it is settled, if asked to")
    @APIResponseSchema(ChangeAnswer.class)
    public Uni<ChangeAnswer> change(
            @QueryParam("account") @Nullable String account,
            @QueryParam("source") @Nullable String source,
            @QueryParam("id") @Nullable String id,
            @QueryParam("wait") @Nullable String wait) {
        var change = new ChangeRef(
                Query.needed("source", source, OwnIdentity.LONGEST),
                Query.needed("id", id, OwnIdentity.LONGEST),
                Instant.EPOCH,
                null);
        var patience = Query.duration("wait", wait, MOST_PATIENT);
        var workspace = Query.account(account, accounts);
        return patience.isZero()
                ? Uni.createFrom().item(() -> present(workspace, change))
                : settled(workspace, change, patience);
    }

    private Uni<ChangeAnswer> settled(String account, ChangeRef change, Duration patience) {
        var digest = digest(change);
        var waiter = view.settled(account, digest)
                .orElseThrow(() -> Problem.of(503, "Too many wait for changes on this replica: ask again later.")
                        .exception());
        return Uni.createFrom()
                .completionStage(waiter)
                .map(Optional::of)
                .ifNoItem()
                .after(patience)
                .recoverWithItem(Optional::empty)
                .onTermination()
                .invoke(() -> view.leave(account, digest, waiter))
                .emitOn(workers)
                .map(settled -> settled.map(status -> answer(account, change, status))
                        .orElseGet(() -> present(account, change)));
    }

    /** As it is now. Only what is settled is sure while the view doesn't know all. */
    private ChangeAnswer present(String account, ChangeRef change) {
        var progress = view.progress();
        var status = view.change(account, digest(change));
        if (status.flatMap(ChangeStatus::settled).isEmpty() && !progress.isCurrent()) {
            throw Behind.exception(progress);
        }
        return status.map(known -> answer(account, change, known))
                .orElseThrow(() -> Problem.of(404, UNKNOWN.formatted(account)).exception());
    }

    private static long digest(ChangeRef change) {
        return ChangeKey.digest(change.source(), change.id());
    }

    private ChangeAnswer answer(String account, ChangeRef change, ChangeStatus status) {
        var named = new ChangeAnswer.Change(change.source(), change.id(), status.changedAt());
        var batch = status.batch().map(number -> Long.toString(number));
        var runs = ChangeAnswer.Runs.of(status.runs(), status.settled().isPresent());
        var settled = status.settled().map(end -> settled(account, named, batch.orElseThrow(), runs, end));
        return new ChangeAnswer(
                account,
                named,
                settled.isPresent() ? "settled" : status.isHeld() ? "held" : "open",
                batch.orElse(null),
                runs,
                settled.orElse(null));
    }

    private ChangeAnswer.Settled settled(
            String account,
            ChangeAnswer.Change change,
            String batch,
            ChangeAnswer.Runs runs,
            ChangeStatus.Settled end) {
        return new ChangeAnswer.Settled(
                account,
                change,
                batch,
                end.outcome(),
                runs,
                read(end.notSucceeded()),
                end.data(),
                end.freshness(change.changedAt())
                        .map(freshness -> freshness.toMillis() / 1000.0)
                        .orElse(null),
                end.settledAt());
    }

    private List<Map<String, Object>> read(String notSucceeded) {
        try {
            return mapper.readValue(notSucceeded, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("it was read before", e);
        }
    }
}
