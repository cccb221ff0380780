package io.freshet.api.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/**
 * Who sends the admin token as {@code Authorization: Bearer} is an admin. Whoever sends another is for the OpenID
 * Connect provider to know, if there is one; else nobody. A cookie or parameter never counts.
 */
@ApplicationScoped
class AdminTokenMechanism implements HttpAuthenticationMechanism {

    private static final String SCHEME = "bearer ";
    private static final int AHEAD_OF_OIDC = 2 * HttpAuthenticationMechanism.DEFAULT_PRIORITY;

    private final AdminToken token;
    private final AdminConfig config;

    AdminTokenMechanism(AdminToken token, AdminConfig config) {
        this.token = token;
        this.config = config;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        var presented = Optional.ofNullable(request.request().headers().get(HttpHeaderNames.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip());
        return Uni.createFrom().optional(presented.filter(token::is).map(accepted -> admin()));
    }

    private SecurityIdentity admin() {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal("token"))
                .addRole(config.role())
                .build();
    }

    @Override
    public int getPriority() {
        return AHEAD_OF_OIDC;
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom()
                .item(new ChallengeData(
                        HttpResponseStatus.UNAUTHORIZED.code(), HttpHeaderNames.WWW_AUTHENTICATE, "Bearer"));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext request) {
        return Uni.createFrom()
                .item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "freshet-admin"));
    }
}
