package io.freshet.api;

import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Modes;
import io.freshet.mode.Trouble;
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

    /**
     * Whoever asks for health needs no login, so it tells none of Mode's own words: those are in the log, and in the status
     * for who may read it.
     */
    static String reason(Trouble trouble) {
        return trouble.fold(kind -> reason(kind, trouble.inShort()), trouble.text());
    }

    /** Who refuses the credential is well otherwise, and nobody but a person can help. */
    private static String reason(Kind kind, String inShort) {
        var what = kind == Kind.UNAUTHORISED ? "credential refused" : "circuit open";
        return what + ": " + inShort + ": " + advice(kind);
    }

    private static String advice(Kind kind) {
        return switch (kind) {
            case UNAUTHORISED -> "see freshet.workspace.account, token and secret";
            case UNREACHABLE, UNREADABLE -> "see freshet.workspace.url";
            case NOT_SENT -> "see freshet.workspace.credentials-directory";
            case BAD_REQUEST, FORBIDDEN, NOT_FOUND, REFUSED, THROTTLED, UNAVAILABLE, ANSWER_UNKNOWN ->
                "Mode is in trouble";
        };
    }
}
