package io.freshet.api.admin;

import io.freshet.api.Problem;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Refuses a body that isn't said to be JSON; {@code @Consumes} lets one pass that says nothing. */
@Provider
@TakesJson
public class JsonOnly implements ContainerRequestFilter {

    private static final Problem PROBLEM = Problem.of(415, "Send JSON, and say so: Content-Type: application/json.");

    @Override
    public void filter(ContainerRequestContext request) {
        var type = request.getMediaType();
        if (type == null || !type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            request.abortWith(PROBLEM.response());
        }
    }

    /** The same for what {@code @Consumes} refuses. */
    @ServerExceptionMapper
    public Response refused(NotSupportedException refused) {
        return PROBLEM.response();
    }
}
