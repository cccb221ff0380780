package io.freshet.api.admin;

import io.freshet.replica.WorkspaceOwner;
import io.freshet.replica.WorkspaceOwners;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Has the owner of a workspace answer what nobody else can, whichever replica is asked. */
@ApplicationScoped
class AtOwner {

    /** Said of each operation in the description of the API. */
    static final String NOTE =
            "The owner of the workspace answers. Another replica passes the request on to it, or answers 503 and names"
                    + " it.";

    private final ModeCalls mode;
    private final WorkspaceOwners owners;
    private final PassOn passOn;
    private final CurrentVertxRequest current;
    private final Executor workers;

    AtOwner(
            ModeCalls mode,
            WorkspaceOwners owners,
            PassOn passOn,
            CurrentVertxRequest current,
            @Identifier("workers") Executor workers) {
        this.mode = mode;
        this.owners = owners;
        this.passOn = passOn;
        this.current = current;
        this.workers = workers;
    }

    <T> Uni<T> answer(String account, Supplier<Uni<T>> here) {
        return answer(account, null, here);
    }

    /** @param here how this replica answers, if it is the owner */
    <T> Uni<T> answer(String account, byte @Nullable [] body, Supplier<Uni<T>> here) {
        return mode.known(account).limit().isOwned() ? here.get() : elsewhere(account, body, passOn::pass);
    }

    /** What anybody may ask who reads. */
    <T> Uni<T> read(String account, Supplier<Uni<T>> here) {
        return mode.known(account).limit().isOwned() ? here.get() : elsewhere(account, null, passOn::passRead);
    }

    private interface Passing {
        Uni<Response> pass(AskedRequest asked, String account, Optional<WorkspaceOwner> owner);
    }

    /** Another's answer goes past what would be made of one of this replica's, as an error's does. */
    private <T> Uni<T> elsewhere(String account, byte @Nullable [] body, Passing passing) {
        var asked = AskedRequest.of(current.getCurrent().request(), body);
        return owners.of(account)
                .onFailure()
                .transform(nobodySays -> NotOwned.ownerUnknown(account))
                .emitOn(workers)
                .flatMap(owner -> passing.pass(asked, account, owner))
                .flatMap(answer -> Uni.createFrom().failure(new WebApplicationException(answer)));
    }
}
