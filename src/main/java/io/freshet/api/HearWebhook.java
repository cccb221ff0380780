package io.freshet.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.freshet.event.Kind;
import io.freshet.event.ReportKey;
import io.freshet.event.RunHint;
import io.freshet.run.RunHints;
import io.freshet.state.TrackingPolicy;
import io.freshet.telemetry.Telemetry;
import io.freshet.view.ClusterView;
import io.freshet.view.ReportStatus;
import io.freshet.view.Stage;
import io.freshet.workspace.Workspace;
import io.freshet.workspace.Workspaces;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Mode's webhook {@code report_run_completed}: a hint that makes Freshet ask now. It counts for an open run of any workspace, and
 * of a dataset, too, which is a report to Mode,
 * once per {@code poll-min}, and goes to the owner through Kafka; a hint that is lost only costs time. Whoever knows the
 * address learns nothing from the answers.
 */
@Path("/webhooks/mode/{secret}")
public class HearWebhook {

    /** Bytes: what Mode sends has two hundred. */
    private static final int LONGEST = 8 << 10;

    private final WebhookSecrets secrets;
    private final Workspaces workspaces;
    private final RunHints hints;
    private final ClusterView view;
    private final Telemetry telemetry;
    private final Executor workers;
    /** Runs that were asked after because of a hint, a moment ago. */
    private final Cache<String, Boolean> hinted;

    HearWebhook(
            WebhookSecrets secrets,
            Workspaces workspaces,
            RunHints hints,
            ClusterView view,
            TrackingPolicy pace,
            Telemetry telemetry,
            @Identifier("workers") Executor workers) {
        this.secrets = secrets;
        this.workspaces = workspaces;
        this.hints = hints;
        this.view = view;
        this.telemetry = telemetry;
        this.workers = workers;
        this.hinted = Caffeine.newBuilder().expireAfterWrite(pace.pollMin()).build();
    }

    @POST
    @Consumes("*/*")
    @Operation(hidden = true) // for Mode, which knows it
    public Uni<Void> hear(@PathParam("secret") String given, byte[] body) {
        return Uni.createFrom().deferred(() -> heard(given, body)).runSubscriptionOn(workers);
    }

    /** Waits for a disk if the secret is in a file. */
    private Uni<Void> heard(String given, byte[] body) {
        if (!secrets.accept(given)) {
            throw new NotFoundException();
        }
        if (body.length > LONGEST) {
            throw new WebApplicationException(Response.Status.REQUEST_ENTITY_TOO_LARGE);
        }
        return Hint.in(new String(body, StandardCharsets.UTF_8))
                .map(this::follow)
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** Would be answered with the methods that there are, if nobody did. */
    @OPTIONS
    @Operation(hidden = true)
    public void methods() {
        throw new NotFoundException();
    }

    private Uni<Void> follow(Hint hint) {
        var open = workspaces.all().stream()
                .map(Workspace::account)
                .flatMap(account -> Arrays.stream(Kind.values())
                        .map(kind -> new RunHint(new ReportKey(account, hint.report(), kind), hint.run())))
                .filter(one -> hints.isOpenHere(one) || isOpenElsewhere(one))
                .findFirst();
        var isNews = open.isPresent() && hinted.asMap().putIfAbsent(hint.run(), true) == null;
        telemetry.hinted(isNews);
        return isNews ? hints.pass(open.get()) : Uni.createFrom().voidItem();
    }

    /** As far as this replica knows by now. */
    private boolean isOpenElsewhere(RunHint hint) {
        return view.report(hint.report())
                .filter(report -> report.stage() == Stage.RUNNING)
                .flatMap(ReportStatus::runToken)
                .filter(hint.runToken()::equals)
                .isPresent();
    }
}
