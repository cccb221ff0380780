package io.freshet.api.access;

import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** Who asks, and what they may: for whatever shows its user only what they may have done, as the page does. */
@Path("/api/v1/access")
@Produces(MediaType.APPLICATION_JSON)
public class WhoAsks {

    /**
     * Somebody, or nobody that is known.
     *
     * @param name absent for who sends no token
     * @param roles of {@link Role}, those that the token grants
     */
    record Asking(@Nullable String name, SortedSet<String> roles) {}

    private final CurrentIdentityAssociation who;

    WhoAsks(CurrentIdentityAssociation who) {
        this.who = who;
    }

    /** Nobody is refused for lack of a role; a token that isn't known is. */
    @GET
    @Operation(summary = "Who asks, by the token that is sent, and which roles the token grants")
    @APIResponseSchema(Asking.class)
    public Uni<Asking> asking(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String credential) {
        return who.getDeferredIdentity().map(identity -> asking(identity, credential != null));
    }

    private static Asking asking(SecurityIdentity identity, boolean saysWho) {
        if (!identity.isAnonymous()) {
            return new Asking(identity.getPrincipal().getName(), roles(identity));
        }
        if (saysWho) {
            throw new UnauthorizedException();
        }
        return new Asking(null, new TreeSet<>());
    }

    private static SortedSet<String> roles(SecurityIdentity identity) {
        return identity.getRoles().stream().filter(Role.ALL::contains).collect(Collectors.toCollection(TreeSet::new));
    }
}
