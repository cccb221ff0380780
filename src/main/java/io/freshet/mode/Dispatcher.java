package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.limit.Lane;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Makes the calls of one workspace: each leaves only if it may, and the budget, the circuit and the operators hear how it
 * ended, whichever way that was.
 */
final class Dispatcher {

    private static final int ATTEMPTS = 3;
    private static final String GIVEN_UP = "whoever asked waits no more";

    private final Gate gate;
    private final Calls calls;
    private final Clock clock;
    private final ModeClock modeClock;
    private final Duration within;
    private final ScheduledExecutorService timer;

    /** @param within how long a call may take: to connect, to be answered, and to be read whole, together */
    Dispatcher(Gate gate, Calls calls, Clocks clocks, Duration within, ScheduledExecutorService timer) {
        this.gate = gate;
        this.calls = calls;
        this.clock = clocks.steady();
        this.within = within;
        this.timer = timer;
        this.modeClock = new ModeClock(clocks.monotonic());
    }

    ModeClock modeClock() {
        return modeClock;
    }

    /** The one place where a call is repeated blindly: it changes nothing, or nothing more. */
    Uni<Answer<JsonNode>> idempotent(Operation operation, String subject, Supplier<Uni<RestResponse<byte[]>>> call) {
        return idempotent(Lane.RESOLVE, operation, subject, call);
    }

    Uni<Answer<JsonNode>> idempotent(
            Lane lane, Operation operation, String subject, Supplier<Uni<RestResponse<byte[]>>> call) {
        return idempotent(lane, operation, subject, ATTEMPTS, call);
    }

    private Uni<Answer<JsonNode>> idempotent(
            Lane lane,
            Operation operation,
            String subject,
            int attemptsLeft,
            Supplier<Uni<RestResponse<byte[]>>> call) {
        return gate.permit(lane, clock.instant())
                .flatMap(leave -> call(leave, operation, subject, call))
                .flatMap(answer -> attemptsLeft > 1 && isTransient(answer)
                        ? idempotent(lane, operation, subject, attemptsLeft - 1, call)
                        : Uni.createFrom().item(answer));
    }

    private static boolean isTransient(Answer<?> answer) {
        return answer.<Boolean>fold(success -> false, failure -> failure.kind().isTransient() && !failure.isNotThere());
    }

    /** One call with this permit, which is over then. */
    Uni<Answer<JsonNode>> call(
            Permit permit, Operation operation, String subject, Supplier<Uni<RestResponse<byte[]>>> call) {
        return Uni.createFrom().context(subscriber -> {
            if (!gate.mayLeave()) {
                permit.giveBack();
                return keepBack(PermitExpired.NOT_OURS);
            }
            if (!permit.spend()) {
                return keepBack(GIVEN_UP);
            }
            var told = calls.begin(operation, permit.lane(), subject, CallTrace.of(subscriber));
            return send(permit, subject, call, told);
        });
    }

    private static Uni<Answer<JsonNode>> keepBack(String why) {
        return Uni.createFrom().item(Answers.failure(Kind.NOT_SENT, 0, why));
    }

    private Uni<Answer<JsonNode>> send(
            Permit permit, String subject, Supplier<Uni<RestResponse<byte[]>>> call, Calls.Call told) {
        var freedBefore = gate.freed();
        return Uni.createFrom()
                .deferred(call::get)
                .ifNoItem()
                .after(within)
                .on(timer)
                .failWith(() -> new TimeoutException("an answer that came to no end"))
                .map(response -> heard(response, told, freedBefore))
                .onFailure()
                .recoverWithItem(failure -> failed(permit, failure, told))
                .invoke(answer -> permit.end(() -> answered(permit, subject, answer, told)))
                .onCancellation()
                .invoke(() -> permit.end(() -> dropped(permit, told)));
    }

    private void answered(Permit permit, String subject, Answer<JsonNode> answer, Calls.Call told) {
        told.ended(answer);
        gate.answered(permit, subject, answer);
    }

    private Answer<JsonNode> failed(Permit permit, Throwable failure, Calls.Call told) {
        return PermitExpired.in(failure)
                .map(expired -> heldBack(permit, expired, told))
                .orElseGet(() -> Answers.of(failure));
    }

    /** Nothing left: it is as if it had not been tried. */
    private Answer<JsonNode> heldBack(Permit permit, PermitExpired expired, Calls.Call told) {
        Answer<JsonNode> failure = Answers.failure(Kind.NOT_SENT, 0, expired.why());
        permit.end(() -> {
            told.ended(failure);
            gate.unused(permit.probe());
        });
        return failure;
    }

    /** The request may have reached Mode all the same. */
    private void dropped(Permit permit, Calls.Call told) {
        told.ended(Answers.failure(Kind.ANSWER_UNKNOWN, 0, GIVEN_UP));
        gate.dropped(permit);
    }

    private Answer<JsonNode> heard(RestResponse<byte[]> response, Calls.Call told, long freedBefore) {
        told.heard(response.getStatus());
        modeClock.heard(Optional.ofNullable(response.getHeaderString("Date")));
        if (response.getStatus() < 400) {
            gate.heard(remaining(response), freedBefore);
        }
        return Answers.of(response);
    }

    private static int remaining(RestResponse<?> response) {
        return Optional.ofNullable(response.getHeaderString("X-RateLimit-Remaining"))
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElse(Integer.MAX_VALUE);
    }
}
