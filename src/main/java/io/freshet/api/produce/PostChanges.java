package io.freshet.api.produce;

import io.freshet.api.ChangeBody;
import io.freshet.api.Problem;
import io.freshet.api.access.Audit;
import io.freshet.api.access.Role;
import io.freshet.event.Accounts;
import io.freshet.event.InboundRecord;
import io.freshet.event.Topics;
import io.freshet.intake.InputReader;
import io.freshet.intake.IntakeConfig;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Takes changes over HTTP, on any replica, and writes them to the topic that all of them read. */
@Path("/api/v1/changes")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.PRODUCER, Role.ADMIN})
public class PostChanges {

    private static final Problem NO_JSON = Problem.of(
            415,
            "Send JSON, and say which: Content-Type: application/json (a change, or a CloudEvent with its attributes in ce-* headers), application/cloudevents+json or application/cloudevents-batch+json.");
    private static final Problem TOO_MANY =
            Problem.of(413, "A batch may have %d events: send several.".formatted(EventBatch.MOST));

    private final Topics topics;
    private final ReadChanges read;
    private final SendChanges send;
    private final Audit audit;
    private final Clock clock;

    PostChanges(Accounts accounts, Topics topics, IntakeConfig intake, SendChanges send, Audit audit, Clock clock) {
        this.topics = topics;
        this.read = new ReadChanges(new InputReader(accounts, topics, intake.maxRecordBytes()), () -> UUID.randomUUID()
                .toString());
        this.send = send;
        this.audit = audit;
        this.clock = clock;
    }

    @POST
    @ResponseStatus(202)
    @APIResponseSchema(value = AcceptedChanges.class, responseCode = "202")
    @APIResponse(
            responseCode = "400",
            description = "What is wrong with which change; nothing was written",
            content = @Content(mediaType = Problem.TYPE, schema = @Schema(implementation = RefusedChanges.class)))
    @Operation(
            summary = "Makes changes known: all of them, or none if one of them can't be used",
            description =
                    "Answers once Kafka has them. A CloudEvent comes with its attributes in ce-* headers, in structured mode, or in a batch of 1,000 at most; it may be sent again, and is one change. A change without an envelope gets the source /http and a new id.")
    public Uni<AcceptedChanges> post(
            @Context HttpHeaders headers,
            @RequestBody(
                            content = {
                                @Content(
                                        mediaType = "application/json",
                                        schema = @Schema(implementation = ChangeBody.class)),
                                @Content(mediaType = "application/cloudevents+json"),
                                @Content(mediaType = "application/cloudevents-batch+json")
                            })
                    byte @Nullable [] body) {
        var now = clock.instant();
        var records = records(headers, body == null ? new byte[0] : body, now);
        var changes = read.judge(records, now).fold(ReadChanges.Judged.Good::changes, bad -> {
            throw RefusedChanges.exception(bad.refused(), bad.of());
        });
        changes.stream().findFirst().ifPresent(first -> audit.say("send", said(first, changes.size())));
        return send.send(changes).replaceWith(() -> AcceptedChanges.of(changes));
    }

    private List<InboundRecord> records(HttpHeaders headers, byte[] body, Instant now) {
        var request = new RequestRecords(topics.upstreamDataChanged(), headers.getRequestHeaders(), now);
        var form = RequestForm.of(headers.getHeaderString(HttpHeaders.CONTENT_TYPE))
                .orElseThrow(NO_JSON::exception);
        return switch (form) {
            case JSON -> List.of(request.json(body));
            case EVENT -> List.of(request.event(body));
            case BATCH -> elements(body).stream().map(request::event).toList();
        };
    }

    private static List<byte[]> elements(byte[] body) {
        return EventBatch.cut(body)
                .fold(
                        EventBatch.Cut.Elements::all,
                        torn -> {
                            throw RefusedChanges.exception(
                                    List.of(new RefusedChanges.Refused(torn.index(), "not_json", torn.reason())), 1);
                        },
                        tooMany -> {
                            throw TOO_MANY.exception();
                        });
    }

    private static String said(PostedChange first, int changes) {
        return "account=%s changes=%d %s"
                .formatted(
                        first.change().account(), changes, first.change().ref().shown());
    }
}
