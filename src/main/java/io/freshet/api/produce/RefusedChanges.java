package io.freshet.api.produce;

import io.freshet.api.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A problem that says what is wrong with which.
 *
 * @param errors in the order of the request
 */
@RegisterForReflection // written as an entity, so Quarkus can't see it
@Schema(description = "What is wrong with which change, and what to do about it (RFC 9457). Nothing was written")
record RefusedChanges(String title, int status, String detail, List<Refused> errors) {

    /**
     * One change that is no use.
     *
     * @param index from 0, in a batch
     * @param code as on the dead-letter topic
     */
    @RegisterForReflection
    record Refused(int index, String code, String reason) {}

    static WebApplicationException exception(List<Refused> errors, int of) {
        var problem = Problem.of(
                400,
                "%d of %d can't be used, so nothing was written: see errors."
                        .formatted(errors.size(), Math.max(1, of)));
        var refused = new RefusedChanges(problem.title(), problem.status(), problem.detail(), List.copyOf(errors));
        return new WebApplicationException(Response.status(problem.status())
                .type(Problem.TYPE)
                .entity(refused)
                .build());
    }
}
