package io.freshet.api.admin;

import io.freshet.api.Problem;
import io.freshet.event.Tokens;
import io.freshet.mode.Answer;
import io.freshet.mode.Mode;
import io.freshet.mode.Modes;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** Calls Mode for somebody who waits for the answer: through the same gate as all calls, and not for ever. */
@ApplicationScoped
class ModeCalls {

    private final Modes modes;
    private final RequestTimeout patience;

    ModeCalls(Modes modes, RequestTimeout patience) {
        this.modes = modes;
        this.patience = patience;
    }

    /** What Mode says; anything else ends in a {@link Problem}. */
    <T> Uni<T> call(String account, Function<Mode, Uni<Answer<T>>> call) {
        var mode = ready(account);
        return patience.with(call.apply(mode))
                .onFailure(TimeoutException.class)
                .transform(late -> tooLate(mode))
                .map(answer -> answer.fold(value -> value, failure -> {
                    throw ModeFailures.problem(failure).exception();
                }));
    }

    /**
     * The same for what changes something. Mode is asked a question first: while it is in trouble, no change must wait
     * in line and be made when nobody expects it any more.
     */
    <T> Uni<T> change(String account, String dataset, Function<Mode, Uni<Answer<T>>> change) {
        return call(account, mode -> mode.dataset(dataset)).flatMap(seen -> call(account, change));
    }

    /** The workspace; its calls may have to wait. */
    Mode ready(String account) {
        var mode = known(account);
        if (!mode.limit().isOwned()) {
            throw NotOwned.movedOn(account);
        }
        return mode;
    }

    /** The workspace, whoever owns it. */
    Mode known(String account) {
        return modes.find(account)
                .orElseThrow(() -> Problem.of(404, "No workspace with this account is configured: see /api/v1/status.")
                        .exception());
    }

    private Throwable tooLate(Mode mode) {
        return mode.trouble()
                .map(trouble ->
                        Problem.of(503, "Mode is in trouble, and all calls wait: %s.".formatted(trouble.text())))
                .orElseGet(patience::tooLate)
                .exception();
    }

    /** A text that may stand in an address of Mode's. */
    static String token(String name, String text) {
        if (!Tokens.isToken(text)) {
            throw Problem.wrong("%s must be a token: 1 to 64 letters and digits.".formatted(name));
        }
        return text;
    }
}
