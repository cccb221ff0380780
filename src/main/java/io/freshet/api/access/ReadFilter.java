package io.freshet.api.access;

import io.freshet.api.Reads;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Lets nobody read without a role, where that is asked for. Else nobody's token is looked at, so that a wrong one does no harm. */
class ReadFilter {

    private final ReadAuth auth;
    private final CurrentIdentityAssociation who;

    ReadFilter(ReadAuth auth, CurrentIdentityAssociation who) {
        this.auth = auth;
        this.who = who;
    }

    @Reads
    @ServerRequestFilter
    @Nullable Uni<Response> check() {
        return auth.needsRole() ? who.getDeferredIdentity().flatMap(ReadFilter::check) : null;
    }

    private static Uni<Response> check(SecurityIdentity identity) {
        if (Role.READERS.stream().anyMatch(identity::hasRole)) {
            return Uni.createFrom().nullItem();
        }
        return Uni.createFrom()
                .failure(identity.isAnonymous() ? new UnauthorizedException() : new ForbiddenException());
    }
}
