package io.freshet.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The sandbox's answers for one workspace, for who brings his own wire. */
public final class WithoutSocket {

    public record Response(int status, String type, String body, boolean tookEffect) {

        private static Response of(Answer answer) {
            return new Response(answer.status(), answer.type(), answer.body(), answer.tookEffect());
        }

        public static Response status(int status) {
            return of(Answer.status(status));
        }

        public static Response loginPage() {
            return of(Answer.loginPage());
        }
    }

    private final String account;
    private final SandboxWorkspace workspace;
    private final RateLimit limit;

    public WithoutSocket(String account, int requests, Duration period, Clock clock, Random random) {
        this.account = account;
        this.workspace = new SandboxWorkspace(clock, random);
        this.limit = new RateLimit(SandboxSettings.defaults().withRateLimit(requests, period));
    }

    public SandboxWorkspace workspace() {
        return workspace;
    }

    public RunClock runClock() {
        return workspace.clock();
    }

    /** How many requests are left; empty where this one is too many. */
    public Optional<Integer> admit(Instant at) {
        var admission = limit.arrive(at);
        return admission.admitted() ? Optional.of(admission.remaining()) : Optional.empty();
    }

    public Response answer(String method, String path, Map<String, String> query, String body) {
        var ask = ask(method, path, query, body);
        return Response.of(Routes.answer(ask, account, workspace));
    }

    /** As the call log has it. */
    public CallLog.Call call(
            Instant at,
            String method,
            String path,
            Map<String, String> query,
            String body,
            int status,
            boolean effect) {
        var ask = ask(method, path, query, body);
        Set<String> tokens = ask.asksForRun() ? Body.legibleDatasetTokens(ask.body()) : Set.of();
        return new CallLog.Call(at, method, ask.shown(), ask.report(), tokens, status, effect);
    }

    private Ask ask(String method, String path, Map<String, String> query, String body) {
        return Ask.of(method, "/api/" + account + path, query.isEmpty() ? "" : query.toString(), query, body);
    }
}
