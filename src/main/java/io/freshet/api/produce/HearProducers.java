package io.freshet.api.produce;

import io.freshet.api.Problem;
import io.freshet.event.Accounts;
import io.freshet.event.Topics;
import io.freshet.intake.InputReader;
import io.freshet.intake.IntakeConfig;
import io.freshet.telemetry.WebhookLines;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Webhooks of those who load data: a load that has ended well becomes a change, on any replica. Who sends one shows by a
 * signature, or by the last part of the address, that it knows the secret; nothing else of it is believed but which load it was.
 */
@Path("/webhooks/changes/{name}")
public class HearProducers {

    /** Bytes: such bodies have one or two thousand. */
    private static final int LONGEST = 256 << 10;

    private static final Problem UNSIGNED = Problem.of(
            401, "Its signature is not the one that this webhook's secret makes, or the address lacks the secret.");

    private final WebhookSenders senders;
    private final ReadChanges read;
    private final SendChanges send;
    private final WebhookLines lines;
    private final Topics topics;
    private final Clock clock;
    private final Executor workers;

    HearProducers(
            WebhookSenders senders,
            Accounts accounts,
            Topics topics,
            IntakeConfig intake,
            SendChanges send,
            WebhookLines lines,
            Clock clock,
            @Identifier("workers") Executor workers) {
        this.senders = senders;
        this.read = new ReadChanges(new InputReader(accounts, topics, intake.maxRecordBytes()), () -> {
            throw new IllegalStateException("a load has an id of its own");
        });
        this.send = send;
        this.lines = lines;
        this.topics = topics;
        this.clock = clock;
        this.workers = workers;
    }

    @POST
    @Consumes("*/*")
    @Operation(hidden = true) // for senders, which know it
    public Uni<Void> hearSigned(@PathParam("name") String name, @Context HttpHeaders headers, byte[] body) {
        var sender = senders.find(name).orElseThrow(NotFoundException::new);
        var signature = sender.kind().signatureHeader().map(headers::getHeaderString);
        return hear(sender, signature, body);
    }

    @POST
    @Path("{secret}")
    @Consumes("*/*")
    @Operation(hidden = true)
    public Uni<Void> hear(@PathParam("name") String name, @PathParam("secret") String secret, byte[] body) {
        var sender = senders.find(name)
                .filter(known -> known.kind().signatureHeader().isEmpty())
                .orElseThrow(NotFoundException::new);
        return hear(sender, Optional.of(secret), body);
    }

    /** Would be answered with the methods that there are, if nobody did. */
    @OPTIONS
    @Operation(hidden = true)
    public void methods() {
        throw new NotFoundException();
    }

    @OPTIONS
    @Path("{secret}")
    @Operation(hidden = true)
    public void methodsWithSecret() {
        throw new NotFoundException();
    }

    private Uni<Void> hear(WebhookSender sender, Optional<String> given, byte[] body) {
        return Uni.createFrom().deferred(() -> heard(sender, given, body)).runSubscriptionOn(workers);
    }

    /** Waits for a disk if the secret is in a file. */
    private Uni<Void> heard(WebhookSender sender, Optional<String> given, byte[] body) {
        if (body.length > LONGEST) {
            throw new WebApplicationException(Response.Status.REQUEST_ENTITY_TOO_LARGE);
        }
        if (given.isEmpty() || !senders.accept(sender, given.get(), body)) {
            lines.unsigned(sender.name());
            throw UNSIGNED.exception();
        }
        return WebhookBody.of(body)
                .map(sender.kind()::read)
                .orElseGet(() -> new WebhookEvent.Unreadable("It is no JSON object."))
                .fold(
                        loaded -> loaded(sender, loaded),
                        other -> ignored(sender),
                        unreadable -> refused(sender, unreadable.reason()));
    }

    private Uni<Void> loaded(WebhookSender sender, WebhookEvent.Loaded load) {
        if (!sender.wants(load.origins())) {
            return ignored(sender);
        }
        var now = clock.instant();
        return read.judge(List.of(sender.change(topics.upstreamDataChanged(), load, now)), now)
                .fold(
                        good -> send.send(good.changes())
                                .invoke(() -> good.changes().forEach(one -> lines.sent(sender.name(), one.change()))),
                        bad -> refused(sender, bad.refused().get(0).reason()));
    }

    private Uni<Void> ignored(WebhookSender sender) {
        lines.ignored(sender.name());
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> refused(WebhookSender sender, String reason) {
        lines.refused(sender.name(), reason);
        return Uni.createFrom().failure(() -> Problem.wrong(reason));
    }
}
