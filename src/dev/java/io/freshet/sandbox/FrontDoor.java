package io.freshet.sandbox;

import io.freshet.sandbox.RateLimit.Admission;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What every request goes through: the rate limit, the credential, the faults, the log. */
final class FrontDoor implements Handler<HttpServerRequest> {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final Vertx vertx;
    private final SandboxSettings settings;
    private final SandboxWorkspace workspace;
    private final RateLimit rateLimit;
    private final CallLog calls;
    private final Faults faults;
    private volatile Credential credential;
    private volatile Duration datesAhead = Duration.ZERO;
    private int refusals;

    FrontDoor(Vertx vertx, SandboxSettings settings, SandboxWorkspace workspace, CallLog calls, Faults faults) {
        this.vertx = vertx;
        this.settings = settings;
        this.workspace = workspace;
        this.rateLimit = new RateLimit(settings);
        this.calls = calls;
        this.faults = faults;
        this.credential = new Credential(settings.token(), settings.secret());
    }

    void accept(Credential other) {
        credential = other;
    }

    void datesAhead(Duration ahead) {
        datesAhead = ahead;
    }

    @Override
    public void handle(HttpServerRequest request) {
        var at = Instant.now();
        var admission = rateLimit.arrive(at);
        request.body().onSuccess(body -> {
            var ask = ask(request, body.toString(StandardCharsets.UTF_8));
            var reply = reply(ask, admission, Optional.ofNullable(request.getHeader("Authorization")));
            log(at, ask, reply.answer());
            perform(reply, request, admission);
        });
    }

    private Reply reply(Ask ask, Admission admission, Optional<String> authorization) {
        if (!admission.admitted()) {
            // Mode's own is not documented, and others have seen both.
            return Reply.of(refusals++ % 2 == 0 ? Answer.html(429, "Too many requests") : Answer.empty(429));
        }
        if (authorization.filter(credential::isGivenBy).isEmpty()) {
            return Reply.of(Answer.error(401, "unauthorized", "credentials are missing or wrong"));
        }
        if (ask.account().isPresent() && !ask.account().get().equals(settings.account())) {
            return Reply.of(Refused.notFound("account not found").answer());
        }
        return faults.strike(ask.request())
                .map(fault -> fault.reply(() -> answer(ask)))
                .orElseGet(() -> Reply.of(answer(ask)));
    }

    private Answer answer(Ask ask) {
        return Routes.answer(ask, settings.account(), workspace);
    }

    private void log(Instant at, Ask ask, Answer answer) {
        Set<String> tokens = ask.asksForRun() ? Body.legibleDatasetTokens(ask.body()) : Set.of();
        calls.add(new CallLog.Call(
                at, ask.method(), ask.shown(), ask.report(), tokens, answer.status(), answer.tookEffect()));
    }

    private void perform(Reply reply, HttpServerRequest request, Admission admission) {
        switch (reply.manner()) {
            case ANSWERED -> {
                if (reply.delay().isZero()) {
                    send(reply.answer(), request.response(), admission);
                } else {
                    vertx.setTimer(
                            reply.delay().toMillis(), timer -> send(reply.answer(), request.response(), admission));
                }
            }
            case CUT -> request.connection().close();
            case SILENT -> {}
            case HALVED -> OddBodies.halve(begin(reply.answer(), request.response(), admission), reply.answer());
            case DRIPPING -> OddBodies.drip(vertx, begin(reply.answer(), request.response(), admission));
            case FLOODING -> OddBodies.flood(begin(reply.answer(), request.response(), admission));
        }
    }

    private void send(Answer answer, HttpServerResponse response, Admission admission) {
        if (!response.closed()) {
            begin(answer, response, admission).end(answer.body());
        }
    }

    private HttpServerResponse begin(Answer answer, HttpServerResponse response, Admission admission) {
        response.setStatusCode(answer.status())
                .putHeader("Date", DATE.format(Instant.now().plus(datesAhead)))
                .putHeader("X-RateLimit-Limit", Integer.toString(rateLimit.requests()))
                .putHeader("X-RateLimit-Remaining", Integer.toString(admission.remaining()));
        if (!admission.admitted() && settings.retryAfter()) {
            var seconds = (admission.pause().toMillis() + 999) / 1000;
            response.putHeader("Retry-After", Long.toString(Math.max(1, seconds)));
        }
        if (!answer.type().isEmpty()) {
            response.putHeader("Content-Type", answer.type());
        }
        return response;
    }

    private static Ask ask(HttpServerRequest request, String body) {
        Map<String, String> query = new HashMap<>();
        request.params().forEach(query::put);
        return Ask.of(
                request.method().name(),
                request.path(),
                Optional.ofNullable(request.query()).orElse(""),
                query,
                body);
    }
}
