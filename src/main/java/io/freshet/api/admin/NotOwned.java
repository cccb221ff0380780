package io.freshet.api.admin;

import io.freshet.api.Problem;
import io.freshet.replica.WorkspaceOwner;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;

/** What is said by a replica that doesn't own a workspace, and can't have its owner answer. */
final class NotOwned {

    /** Workspaces change hands within so long, unless a replica has died. */
    private static final Duration SOON = Duration.ofSeconds(5);
    /** Who has died is missed after the session timeout, and the heir is ready a little later. */
    private static final Duration LATER = Duration.ofSeconds(15);

    private NotOwned() {}

    static WebApplicationException ownerUnknown(String account) {
        return problem(
                SOON,
                "This replica doesn't own the workspace %s, and Kafka doesn't say who does: ask again."
                        .formatted(account));
    }

    static WebApplicationException byNobody(String account) {
        return problem(SOON, "No replica owns the workspace %s just now: ask again.".formatted(account));
    }

    static WebApplicationException notYet(String account) {
        return problem(
                SOON,
                "This replica is about to own the workspace %s: ask again. If that doesn't help, another replica has the same freshet.replica.address."
                        .formatted(account));
    }

    static WebApplicationException tooMany(String account) {
        return problem(
                SOON,
                "Too many ask the owner of the workspace %s by way of this replica just now: ask again."
                        .formatted(account));
    }

    static WebApplicationException movedOn(String account) {
        return problem(SOON, "The workspace %s has just changed hands: ask again.".formatted(account));
    }

    static WebApplicationException askIt(String account, WorkspaceOwner owner) {
        return problem(
                SOON,
                "The workspace %s is owned by %s: ask that replica, or set freshet.replica.address for all of them, and each passes on what it is asked."
                        .formatted(account, owner.name()));
    }

    static WebApplicationException notAllowed(String account, WorkspaceOwner owner) {
        return problem(
                SOON,
                "The workspace %s is owned by %s, a host that freshet.replica.hosts doesn't match: ask that replica, or correct the setting."
                        .formatted(account, owner.name()));
    }

    static WebApplicationException notReached(String account, WorkspaceOwner owner) {
        return problem(
                LATER,
                "The workspace %s is owned by %s, which can't be reached: nothing was done. Ask again, for another replica takes over if that one is gone; else see that replicas can reach each other."
                        .formatted(account, owner.name()));
    }

    static WebApplicationException notAnswered(String account, WorkspaceOwner owner) {
        return Problem.of(
                        504,
                        "The workspace %s is owned by %s, which was asked and hasn't answered. It may be done all the same: look before you ask again."
                                .formatted(account, owner.name()))
                .exception();
    }

    private static WebApplicationException problem(Duration later, String text) {
        return Problem.of(503, text).exceptionUntil(later);
    }
}
