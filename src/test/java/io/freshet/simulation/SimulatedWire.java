package io.freshet.simulation;

import io.freshet.mode.ModeWiring;
import io.freshet.mode.ModeWiring.Request;
import io.freshet.sandbox.WithoutSocket.Response;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jboss.resteasy.reactive.RestResponse;

/** What lies between the replicas and a workspace of Mode's, and loses requests, effects and answers. */
final class SimulatedWire {

    /** What may be wrong for a while. */
    enum Fault {
        UNREACHABLE,
        THROTTLING,
        UNAVAILABLE,
        SLOW,
        LOSING,
        LATE,
        LOGIN_PAGE
    }

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    /** After this, no answer is waited for, and an effect must be seen by the grace. */
    private static final Duration WITHIN_GRACE = Duration.ofMillis(3_500);

    /** A request on its way. */
    private final class Exchange {
        final Machine caller;
        final Request request;
        final UniEmitter<? super RestResponse<byte[]>> answer;
        Instant arrivedAt = Instant.EPOCH;
        boolean isOver;

        Exchange(Machine caller, Request request, UniEmitter<? super RestResponse<byte[]>> answer) {
            this.caller = caller;
            this.request = request;
            this.answer = answer;
        }

        void failAfter(Duration delay, Throwable failure) {
            caller.after(delay, () -> end(() -> answer.fail(failure)));
        }

        void answerAfter(Duration delay, Response response, int remaining) {
            time.after(
                    delay,
                    () -> caller.after(Duration.ZERO, () -> end(() -> answer.complete(rest(response, remaining)))));
        }

        private void end(Runnable how) {
            if (!isOver) {
                isOver = true;
                how.run();
            }
        }
    }

    private final VirtualTime time;
    private final Trouble trouble;
    private final SimulatedMode mode;
    private final Map<Fault, Instant> faults = new EnumMap<>(Fault.class);

    SimulatedWire(VirtualTime time, Trouble trouble, SimulatedMode mode) {
        this.time = time;
        this.trouble = trouble;
        this.mode = mode;
    }

    void strike(Fault fault, Duration length) {
        faults.put(fault, time.now().plus(length));
    }

    void heal() {
        faults.clear();
    }

    private boolean has(Fault fault) {
        return time.now().isBefore(faults.getOrDefault(fault, Instant.MIN));
    }

    private boolean has(Fault fault, double chance) {
        return has(fault) && time.chance(chance);
    }

    private boolean now(double chance) {
        return !trouble.isHealed() && time.chance(chance);
    }

    Uni<RestResponse<byte[]>> send(Machine caller, Request request) {
        return Uni.createFrom().emitter(answer -> connect(new Exchange(caller, request, answer)));
    }

    private void connect(Exchange exchange) {
        var takes = now(0.01) ? time.millis(500, 7_000) : time.millis(1, 20);
        if (has(Fault.UNREACHABLE, 0.9)) {
            exchange.failAfter(takes, new ConnectException("refused"));
        } else if (takes.compareTo(ModeWiring.CONNECT_TIMEOUT) > 0) {
            exchange.failAfter(ModeWiring.CONNECT_TIMEOUT, new ConnectException("no connection in time"));
        } else {
            exchange.caller.after(takes, () -> write(exchange));
        }
    }

    private void write(Exchange exchange) {
        var heldBack = exchange.request.heldBack().get();
        if (heldBack.isPresent()) {
            exchange.end(() -> exchange.answer.fail(heldBack.get()));
            return;
        }
        exchange.failAfter(ModeWiring.READ_TIMEOUT, new TimeoutException());
        if (has(Fault.LOSING, 0.2) || now(0.001)) {
            exchange.failAfter(time.millis(5, 2_000), new IOException("cut"));
        } else {
            time.after(time.millis(1, has(Fault.SLOW) ? 900 : 40), () -> arrive(exchange));
        }
    }

    private void arrive(Exchange exchange) {
        exchange.arrivedAt = time.now();
        var admitted = mode.sandbox().admit(time.now());
        var answers = time.millis(1, 60);
        if (admitted.isEmpty() || has(Fault.THROTTLING, 0.5)) {
            log(exchange, 429, false);
            exchange.answerAfter(answers, Response.status(429), 0);
            return;
        }
        var left = admitted.get();
        if (has(Fault.UNAVAILABLE, 0.6) || now(0.001)) {
            actOrNot(exchange, 0.4, 503);
            exchange.answerAfter(answers, Response.status(503), left);
        } else if (has(Fault.LOGIN_PAGE, 0.5)) {
            actOrNot(exchange, 0.5, 200);
            exchange.answerAfter(answers, Response.loginPage(), left);
        } else if (exchange.request.isPost() && (has(Fault.LATE, 0.5) || now(0.005))) {
            late(exchange, left);
        } else if (has(Fault.LOSING, 0.3) || now(0.002)) {
            act(exchange, 0);
            if (time.chance(0.7)) {
                exchange.failAfter(time.millis(1, 3_000), new IOException("cut"));
            }
        } else {
            var answer = act(exchange, 0);
            exchange.answerAfter(has(Fault.SLOW, 0.5) ? time.millis(500, 29_000) : answers, answer, left);
        }
    }

    /** No answer, or one that says nothing; and the effect comes after that. */
    private void late(Exchange exchange, int left) {
        var lost = time.chance(0.5) ? ModeWiring.READ_TIMEOUT : time.millis(1, 2_000);
        if (lost.compareTo(ModeWiring.READ_TIMEOUT) < 0) {
            if (time.chance(0.5)) {
                exchange.failAfter(lost, new IOException("cut"));
            } else {
                exchange.answerAfter(lost, Response.status(503), left);
            }
        }
        var isBeyond = time.chance(0.02);
        var effect =
                isBeyond ? lost.plus(time.millis(7_000, 60_000)) : time.between(Duration.ZERO, lost.plus(WITHIN_GRACE));
        if (isBeyond) {
            mode.showsBeyondGrace(exchange.request);
        }
        time.after(effect, () -> act(exchange, 0));
    }

    private void actOrNot(Exchange exchange, double chance, int shown) {
        if (time.chance(chance)) {
            act(exchange, shown);
        } else {
            log(exchange, shown, false);
        }
    }

    private Response act(Exchange exchange, int shown) {
        return mode.act(exchange.request, exchange.arrivedAt, shown);
    }

    private void log(Exchange exchange, int status, boolean tookEffect) {
        mode.log(exchange.request, exchange.arrivedAt, status, tookEffect);
    }

    private RestResponse<byte[]> rest(Response response, int remaining) {
        var built = RestResponse.ResponseBuilder.<byte[]>create(response.status())
                .entity(response.body().getBytes(StandardCharsets.UTF_8))
                .header("Date", DATE.format(mode.date()))
                .header("X-RateLimit-Remaining", Integer.toString(remaining));
        if (!response.type().isEmpty()) {
            built.header("Content-Type", response.type());
        }
        return built.build();
    }
}
