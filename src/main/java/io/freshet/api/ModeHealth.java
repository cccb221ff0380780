package io.freshet.api;

import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Modes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.regex.Pattern;
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

    /** As a failure spells itself, up to where Mode begins to speak. */
    private static final Pattern FAILURE = Pattern.compile("kind=(\\w+) status=\\d+");

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
    static String reason(String trouble) {
        var failure = FAILURE.matcher(trouble);
        if (!failure.lookingAt()) {
            return trouble; // not of Mode's making
        }
        var kind = Kind.valueOf(failure.group(1).toUpperCase(Locale.ROOT));
        // Who refuses the credential is well otherwise, and nobody but a person can help.
        var what = kind == Kind.UNAUTHORISED ? "credential refused" : "circuit open";
        return what + ": " + failure.group() + ": " + advice(kind);
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
