package io.freshet.mode;

import io.freshet.mode.Answer.Failure;
import io.freshet.mode.ModeConfig.DatasetTokens;
import io.freshet.mode.limit.Budget;
import io.freshet.mode.limit.CircuitBreaker;
import io.freshet.mode.limit.Lane;
import io.freshet.mode.limit.TakeOver;
import io.freshet.sandbox.Sandbox;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.sandbox.SandboxWorkspace;
import io.freshet.workspace.Credentials;
import io.freshet.workspace.CredentialsUnreadable;
import io.freshet.workspace.DatasetsFirst;
import io.freshet.workspace.RunRules;
import io.freshet.workspace.TablePrecision;
import io.freshet.workspace.Workspace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Calls Mode as the flows do, and waits for what comes of it. */
final class Caller {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    record Patience(Duration connectTimeout, Duration readTimeout, MemorySize maxAnswer, DatasetTokens datasetTokens)
            implements ModeConfig {}

    private static final MemorySize MAX_ANSWER = new MemorySize(BigInteger.valueOf(16 << 20));
    static final Patience PATIENCE =
            new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10), MAX_ANSWER, DatasetTokens.WRAPPED);

    private volatile Supplier<Credentials> credentials = () -> new Credentials("sandbox-token", "sandbox-secret");
    private final URI url;
    private final String account;
    private Patience patience = PATIENCE;
    private Clock clock = Clock.systemUTC();
    private int requests = 1_000_000;
    private Duration period = Duration.ofMillis(1);

    private Caller(URI url, String account) {
        this.url = url;
        this.account = account;
    }

    /** The sample workspace, without a rate limit. */
    static Sandbox startSandbox() {
        return Sandbox.start(
                SandboxSettings.defaults().withCounting(SandboxSettings.RateCounting.UNLIMITED),
                SandboxWorkspace.sample());
    }

    static Caller of(Sandbox sandbox) {
        return new Caller(sandbox.url(), "acme");
    }

    static Caller of(URI url, String account) {
        return new Caller(url, account);
    }

    Caller withReadTimeout(Duration readTimeout) {
        patience = new Patience(patience.connectTimeout(), readTimeout, MAX_ANSWER, patience.datasetTokens());
        return this;
    }

    Caller withDatasetTokens(DatasetTokens datasetTokens) {
        patience = new Patience(patience.connectTimeout(), patience.readTimeout(), MAX_ANSWER, datasetTokens);
        return this;
    }

    Caller withClock(Clock other) {
        clock = other;
        return this;
    }

    Caller withLimit(int requests, Duration period) {
        this.requests = requests;
        this.period = period;
        return this;
    }

    Workspace workspace() {
        return new Workspace(
                account,
                url,
                () -> credentials.get(),
                new DatasetsFirst(DatasetsFirst.Rule.NEVER, Map.of()),
                TablePrecision.OFF,
                RunRules.ALL,
                requests,
                period,
                true);
    }

    /** From the next call on. */
    void credentials(String token, String secret) {
        credentials = () -> new Credentials(token, secret);
    }

    /** From the next call on, nobody can read it. */
    void noCredentials() {
        credentials = () -> {
            throw new CredentialsUnreadable("the credential in /run/key can't be read", new IOException("gone"));
        };
    }

    /** Whenever the credential is read, which is for each call on its way to the network. */
    void onTheWay(Runnable then) {
        var before = credentials;
        credentials = () -> {
            then.run();
            return before.get();
        };
    }

    Mode mode() {
        var clocks = Clocks.of(clock);
        var gate = new Gate(
                account,
                new Budget(requests, period),
                new CircuitBreaker<>(() -> 0),
                clocks,
                Infrastructure.getDefaultExecutor(),
                Infrastructure.getDefaultWorkerPool(),
                new SimpleMeterRegistry());
        var calls = new Calls(account, OpenTelemetry.noop().getTracer("test"), new SimpleMeterRegistry());
        var executor = new KnownExecutor(workspace().credentials());
        var api = new RestConnector(patience, clock).connect(workspace().with(executor), requests, gate::mayLeave);
        var dispatcher =
                new Dispatcher(gate, calls, clocks, patience.readTimeout(), Infrastructure.getDefaultWorkerPool());
        var mode = new Mode(workspace(), api, gate, dispatcher, clock, patience.datasetTokens(), executor);
        mode.limit().own(TakeOver.unused());
        return mode;
    }

    static Answer<ReportRun> post(Mode mode, String report, String... datasets) {
        return answer(mode.permit(Lane.POST, Instant.EPOCH)
                .flatMap(permit -> mode.postRun(permit, report, new TreeSet<>(Set.of(datasets)), Instant.MAX)));
    }

    static <T> T success(Uni<Answer<T>> call) {
        return success(answer(call));
    }

    static <T> T success(Answer<T> answer) {
        return answer.fold(value -> value, failure -> {
            throw new AssertionError(failure);
        });
    }

    static Failure<?> failure(Uni<? extends Answer<?>> call) {
        return failure(answer(call));
    }

    static Failure<?> failure(Answer<?> answer) {
        return answer.fold(
                value -> {
                    throw new AssertionError("a success: " + value);
                },
                failure -> failure);
    }

    private static <T> T answer(Uni<T> call) {
        return call.await().atMost(LONGEST);
    }
}
