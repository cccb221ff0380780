package io.freshet.api.access;

import io.freshet.telemetry.log.ForeignWord;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Says how each request ended that was refused or could have had something done, whose it was, and where it came from. */
class AuditLog {

    private static final Logger LOG = Logger.getLogger(AuditLog.class);
    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<Integer> REFUSED = Set.of(401, 403);

    private final CurrentVertxRequest current;

    AuditLog(CurrentVertxRequest current) {
        this.current = current;
    }

    @ServerResponseFilter
    void say(ContainerRequestContext request, ContainerResponseContext response) {
        var http = current.getCurrent();
        var isRefused = REFUSED.contains(response.getStatus());
        if (!http.normalizedPath().startsWith("/api/") || (HARMLESS.contains(request.getMethod()) && !isRefused)) {
            return;
        }
        LOG.infof(
                "audit=%s status=%d method=%s path=%s by=%s from=%s",
                isRefused ? "refused" : "answered",
                response.getStatus(),
                request.getMethod(),
                ForeignWord.of(http.normalizedPath()),
                ForeignWord.of(name(http)),
                ForeignWord.of(String.valueOf(http.request().remoteAddress().hostAddress())));
    }

    private static String name(RoutingContext http) {
        return Optional.ofNullable(http.user())
                .map(user -> user.principal().getString("username"))
                .filter(name -> !name.isEmpty())
                .orElse("nobody");
    }
}
