package io.freshet.mode;

import io.freshet.mode.limit.Budget;
import io.freshet.mode.limit.CircuitBreaker;
import io.freshet.workspace.Workspace;
import io.freshet.workspace.Workspaces;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.http.HttpClientRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/** The API of every workspace that is configured. */
@ApplicationScoped
public class Modes {

    private final Map<String, Mode> byAccount = new LinkedHashMap<>();

    Modes(Workspaces workspaces, ModeConfig config, Clocks clocks, MeterRegistry metrics, Tracer tracer) {
        workspaces
                .all()
                .forEach(workspace ->
                        byAccount.put(workspace.account(), mode(workspace, config, clocks, metrics, tracer)));
    }

    @Produces
    @Singleton
    static Clocks clocks() {
        return Clocks.ofSystem();
    }

    /** For everything that is due at some time, and for everything that is saved or told. */
    @Produces
    @Singleton
    static Clock clock(Clocks clocks) {
        return clocks.steady();
    }

    public Optional<Mode> find(String account) {
        return Optional.ofNullable(byAccount.get(account));
    }

    public Collection<Mode> all() {
        return byAccount.values();
    }

    private static Mode mode(
            Workspace workspace, ModeConfig config, Clocks clocks, MeterRegistry metrics, Tracer tracer) {
        var budget = new Budget(workspace.requests(), workspace.period());
        var circuit = new CircuitBreaker(() -> ThreadLocalRandom.current().nextDouble());
        var gate = new Gate(workspace.account(), budget, circuit, clocks, metrics);
        var dispatcher = new Dispatcher(gate, new Calls(workspace.account(), tracer, metrics), clocks);
        return new Mode(
                workspace,
                api(workspace, config, clocks.steady(), gate::mayLeave),
                gate,
                dispatcher,
                clocks.steady(),
                config.datasetTokens());
    }

    /**
     * @param clock for how old a POST is
     * @param mayLeave asked once more when a connection waits for the request, and nothing is left but to write it
     */
    static ModeApi api(Workspace workspace, ModeConfig config, Clock clock, BooleanSupplier mayLeave) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(workspace.url().resolve(workspace.url().getPath() + "/api"))
                .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(config.readTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .disableDefaultMapper(true)
                .httpClientRequestCustomizer(request -> holdBack(request, mayLeave))
                .register(new RunBodyWriter(clock))
                .register(authentication(workspace))
                .build(ModeApi.class);
    }

    private static void holdBack(HttpClientRequest request, BooleanSupplier mayLeave) {
        if (!mayLeave.getAsBoolean()) {
            request.reset(0, new PermitExpired(PermitExpired.NOT_OURS));
        }
    }

    private static ResteasyReactiveClientRequestFilter authentication(Workspace workspace) {
        return request -> {
            var credentials = workspace.credentials().get();
            var pair = (credentials.token() + ':' + credentials.secret()).getBytes(StandardCharsets.UTF_8);
            request.getHeaders()
                    .putSingle(
                            HttpHeaders.AUTHORIZATION,
                            "Basic " + Base64.getEncoder().encodeToString(pair));
        };
    }
}
