package io.freshet.api;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Below the webhook's address, all methods but its own find nothing: nobody learns whether it is there. */
class WebhookErrors {

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException denied, UriInfo asked) {
        return asked.getPath().startsWith("/webhooks/")
                ? Response.status(Response.Status.NOT_FOUND).build()
                : denied.getResponse();
    }
}
