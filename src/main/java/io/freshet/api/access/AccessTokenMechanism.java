package io.freshet.api.access;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/**
 * Whoever sends a token of {@code freshet.access} as {@code Authorization: Bearer} has its roles. Whoever sends another is for
 * the OpenID Connect provider to know, if there is one; else nobody. A cookie or parameter never counts.
 */
@ApplicationScoped
class AccessTokenMechanism implements HttpAuthenticationMechanism {

    private static final String SCHEME = "bearer ";
    private static final int AHEAD_OF_OIDC = 2 * HttpAuthenticationMechanism.DEFAULT_PRIORITY;

    private final AccessTokens tokens;
    private final BlockingSecurityExecutor blocking;

    AccessTokenMechanism(AccessTokens tokens, BlockingSecurityExecutor blocking) {
        this.tokens = tokens;
        this.blocking = blocking;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        var presented = Optional.ofNullable(request.request().headers().get(HttpHeaderNames.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip());
        if (presented.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        var holder = tokens.readFiles()
                ? blocking.executeBlocking(() -> tokens.holder(presented.get()))
                : Uni.createFrom().item(() -> tokens.holder(presented.get()));
        return holder.map(found -> found.map(AccessTokenMechanism::identity).orElse(null));
    }

    private static SecurityIdentity identity(AccessTokens.Holder holder) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(holder.name()))
                .addRoles(holder.roles())
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
                .item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "freshet-access"));
    }
}
