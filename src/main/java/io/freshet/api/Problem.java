package io.freshet.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An error as RFC 9457 spells it.
 *
 * @param detail what is wrong with which, and what to do about it; never anything secret
 */
@RegisterForReflection
@Schema(description = "What is wrong with which, and what to do about it (RFC 9457)")
public record Problem(String title, int status, String detail) {

    public static final String TYPE = "application/problem+json";

    private static final Duration SOON = Duration.ofSeconds(5);

    public static Problem of(int status, String detail) {
        var title = Optional.ofNullable(Response.Status.fromStatusCode(status)).map(Response.Status::getReasonPhrase);
        return new Problem(title.orElse("Error"), status, detail);
    }

    /** To be thrown where a request makes no sense as it is. */
    public static WebApplicationException wrong(String detail) {
        return of(400, detail).exception();
    }

    /** One of 503 says when to ask again. */
    public Response response() {
        return status == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()
                ? responseUntil(SOON)
                : builder().build();
    }

    /** To be thrown by whoever can't answer now. */
    public WebApplicationException exceptionUntil(Duration later) {
        return new WebApplicationException(responseUntil(later));
    }

    /** To be thrown by whoever answers a request. */
    public WebApplicationException exception() {
        return new WebApplicationException(response());
    }

    private Response responseUntil(Duration later) {
        return builder().header(HttpHeaders.RETRY_AFTER, later.toSeconds()).build();
    }

    private Response.ResponseBuilder builder() {
        return Response.status(status).type(TYPE).entity(this);
    }
}
