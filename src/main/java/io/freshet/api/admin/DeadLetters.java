package io.freshet.api.admin;

import io.freshet.api.Problem;
import io.freshet.api.Query;
import io.freshet.api.access.Audit;
import io.freshet.api.access.Role;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Dead letters: which there are, and on their way again once their cause is gone. */
@Path("/api/v1/dead_letters")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.OPERATOR, Role.ADMIN})
public class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final Redrive redrive;
    private final Audit audit;

    DeadLetters(Redrive redrive, Audit audit) {
        this.redrive = redrive;
        this.audit = audit;
    }

    @GET
    @Blocking
    @Operation(summary = "Lists the newest dead letters, and how each begins")
    public DeadLetterList.Answer list(
            @QueryParam("code") @Nullable String code,
            @QueryParam("topic") @Nullable String topic,
            @QueryParam("limit") @Nullable String limit) {
        var list = new DeadLetterList(code, topic, Query.limit(limit, RedriveRequest.USUAL, RedriveRequest.MOST));
        try {
            return redrive.list(list);
        } catch (TimeoutException e) {
            throw Problem.of(503, "Kafka took too long. Ask again later.").exception();
        } catch (KafkaException e) {
            LOG.warnf("dead_letters=unread cause=\"%s\"", e.getMessage());
            throw Problem.of(503, "Kafka refused: see the log.").exception();
        }
    }

    @POST
    @Path("redrives")
    @TakesJson
    @Blocking
    @Operation(summary = "Writes dead letters to their topics again; says what it would do unless dry_run is false")
    public RedriveResult redrive(
            @RequestBody(content = @Content(schema = @Schema(implementation = RedriveRequest.class))) byte[] body) {
        var order = Json.read(body, RedriveRequest.class);
        order.check();
        try {
            var redriven = redrive.carryOut(order);
            if (!order.isDry()) {
                audit.say("redrive", "letters=%d".formatted(redriven.letters().size()));
            }
            return redriven;
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw Problem.of(409, "Another redrive was begun meanwhile: nothing was written by this one.")
                    .exception();
        } catch (TimeoutException e) {
            throw Problem.of(
                            503,
                            "Kafka took too long, or the topic is too long: name a partition and offsets. Look with dry_run what was written.")
                    .exception();
        } catch (KafkaException e) {
            LOG.warnf("redrive=failed cause=\"%s\"", e.getMessage());
            throw Problem.of(503, "Kafka refused, and nothing was written: see the log.")
                    .exception();
        }
    }
}
