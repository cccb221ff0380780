package io.freshet.api.admin;

import io.freshet.api.Problem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
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
            "This can only be read: no admin is configured. Set freshet.admin.token or freshet.admin.token-file, or quarkus.oidc.auth-server-url; see docs/security.md.";
    private static final String WHO =
            "This is for an admin: send \"Authorization: Bearer ...\" with the token of freshet.admin.token or freshet.admin.token-file, or with one of the OpenID Connect provider, if there is one.";

    private final AdminToken token;
    private final AdminConfig config;
    private final boolean hasProvider;

    SecurityErrors(
            AdminToken token,
            AdminConfig config,
            @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> provider) {
        this.token = token;
        this.config = config;
        this.hasProvider = provider.isPresent();
    }

    @ServerExceptionMapper
    Response noCredential(UnauthorizedException denied) {
        return unknown();
    }

    @ServerExceptionMapper
    Response wrongCredential(AuthenticationFailedException denied) {
        return unknown();
    }

    @ServerExceptionMapper
    Response noAdmin(ForbiddenException denied) {
        return Problem.of(403, "This is for an admin: the token must grant the role \"%s\".".formatted(config.role()))
                .response();
    }

    private Response unknown() {
        return token.isConfigured() || hasProvider
                ? Response.fromResponse(Problem.of(401, WHO).response())
                        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                        .build()
                : Problem.of(403, OFF).response();
    }
}
