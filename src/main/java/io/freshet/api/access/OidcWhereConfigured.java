package io.freshet.api.access;

import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Resolves nothing. Where there is such a resolver, Quarkus takes a missing {@code quarkus.oidc.auth-server-url} for a
 * tenant that is off, and not for a mistake that ends the start.
 */
@ApplicationScoped
class OidcWhereConfigured implements TenantConfigResolver {

    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext request, OidcRequestContext<OidcTenantConfig> context) {
        return Uni.createFrom().nullItem();
    }
}
