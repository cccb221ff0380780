package io.freshet.api.access;

import io.freshet.api.Problem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What somebody is told who may not. */
@ApplicationScoped
class SecurityErrors {

    private static final String OFF =
            "This is for nobody: no access is configured. Set freshet.access.\"NAME\".token (or .token-file) and .roles, or quarkus.oidc.auth-server-url; see docs/security.md.";
    private static final String WHO =
            "Say who you are: send \"Authorization: Bearer ...\" with a token of freshet.access.\"NAME\", or with one of the OpenID Connect provider, if there is one.";
    private static final String ROLE =
            "This token may not: it grants %s. Reading takes viewer, operator or admin; what spends Mode's request limit or has something done takes operator or admin, changing datasets takes admin, and sending changes takes producer or admin.";

    private final AccessTokens tokens;
    private final boolean hasProvider;
    private final CurrentIdentityAssociation who;

    SecurityErrors(
            AccessTokens tokens,
            @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> provider,
            CurrentIdentityAssociation who) {
        this.tokens = tokens;
        this.hasProvider = provider.isPresent();
        this.who = who;
    }

    @ServerExceptionMapper
    Response noCredential(UnauthorizedException denied) {
        return unknown();
    }

    @ServerExceptionMapper
    Response wrongCredential(AuthenticationFailedException denied) {
        return unknown();
    }

    /** The identity may not be waited for: this can be on an event loop. */
    @ServerExceptionMapper
    Uni<Response> noRole(ForbiddenException denied) {
        return who.getDeferredIdentity().map(identity -> {
            var known = identity.getRoles().stream()
                    .filter(Role.ALL::contains)
                    .sorted()
                    .toList();
            var granted = known.isEmpty() ? "none of Freshet's roles" : String.join(", ", known);
            return Problem.of(403, ROLE.formatted(granted)).response();
        });
    }

    private Response unknown() {
        return tokens.areConfigured() || hasProvider
                ? Response.fromResponse(Problem.of(401, WHO).response())
                        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                        .build()
                : Problem.of(403, OFF).response();
    }
}
