package io.freshet.mode;

import io.freshet.mode.Answer.Failure;
import io.freshet.mode.limit.Budget;
import io.freshet.mode.limit.CircuitBreaker;
import io.freshet.workspace.Workspace;
import io.freshet.workspace.Workspaces;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The API of every workspace that is configured. */
@ApplicationScoped
public class Modes {

    private final ModeConfig config;
    private final ModeConnector connector;
    private final Clocks clocks;
    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final RandomGenerator random;
    private final MeterRegistry metrics;
    private final Tracer tracer;
    private final Map<String, Mode> byAccount = new LinkedHashMap<>();

    Modes(
            Workspaces workspaces,
            ModeConfig config,
            ModeConnector connector,
            Clocks clocks,
            @Identifier("workers") Executor workers,
            @Identifier("timer") ScheduledExecutorService timer,
            RandomGenerator random,
            MeterRegistry metrics,
            Tracer tracer) {
        this.config = config;
        this.connector = connector;
        this.clocks = clocks;
        this.workers = workers;
        this.timer = timer;
        this.random = random;
        this.metrics = metrics;
        this.tracer = tracer;
        var atOnce = workspaces.all().stream()
                .collect(Collectors.groupingBy(Workspace::url, Collectors.summingInt(Workspace::requests)));
        workspaces
                .all()
                .forEach(workspace ->
                        byAccount.put(workspace.account(), mode(workspace, atOnce.getOrDefault(workspace.url(), 0))));
    }

    public Optional<Mode> find(String account) {
        return Optional.ofNullable(byAccount.get(account));
    }

    public Collection<Mode> all() {
        return byAccount.values();
    }

    private Mode mode(Workspace workspace, int atOnce) {
        var budget = new Budget(workspace.requests(), workspace.period());
        var circuit = new CircuitBreaker<Failure<?>>(random::nextDouble);
        var gate = new Gate(workspace.account(), budget, circuit, clocks, workers, timer, metrics);
        var dispatcher = new Dispatcher(
                gate, new Calls(workspace.account(), tracer, metrics), clocks, config.readTimeout(), timer);
        var executor = new KnownExecutor(workspace.credentials());
        return new Mode(
                workspace,
                connector.connect(workspace.with(executor), atOnce, gate::mayLeave),
                gate,
                dispatcher,
                clocks.steady(),
                config.datasetTokens(),
                executor);
    }
}
