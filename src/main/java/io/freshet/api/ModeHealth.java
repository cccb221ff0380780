package io.freshet.api;

import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Modes;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether Mode answers and takes the credential, for each workspace; what is wrong where it doesn't. A replica that has
 * workspaces is ready while one of them is well: its page and its webhook serve that one, too.
 */
@Readiness
@ApplicationScoped
class ModeHealth implements HealthCheck {

    private final Modes modes;

    ModeHealth(Modes modes) {
        this.modes = modes;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("mode").status(isUp());
        modes.all()
                .forEach(mode -> response.withData(
                        mode.account(), mode.trouble().map(ModeHealth::reason).orElse("well")));
        return response.build();
    }

    private boolean isUp() {
        var owned = modes.all().stream().filter(mode -> mode.limit().isOwned()).toList();
        var those = owned.isEmpty() ? modes.all() : owned;
        return those.stream().anyMatch(mode -> mode.trouble().isEmpty());
    }

    /** Who refuses the credential is well otherwise, and nobody but a person can help. */
    private static String reason(String trouble) {
        if (!trouble.startsWith("kind=")) {
            return trouble; // not of Mode's making
        }
        var refused = trouble.startsWith("kind=" + Kind.UNAUTHORISED.word() + " ");
        return (refused ? "credential refused: " : "circuit open: ") + trouble;
    }
}
