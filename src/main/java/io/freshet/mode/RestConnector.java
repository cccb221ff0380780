package io.freshet.mode;

import io.freshet.workspace.Workspace;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.http.HttpClientRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/**
 * Calls Mode by Quarkus's REST client. Workspaces of the same URL share their connections: Mode has one for all, and a
 * thousand workspaces would each open as many as they have calls at once, a minute after the last ones were given up.
 */
@ApplicationScoped
class RestConnector implements ModeConnector {

    private static final long LONGEST_IDLE = 60;
    /** Enough for any Mode; with 65,535, Vert.x's pool gives no connection at all. */
    private static final int MOST_CONNECTIONS = 10_000;

    /** Those who agree in all of this share their connections. */
    private record Shared(URI url, int atOnce, int secondsIdle, Duration connectTimeout) {}

    private final ModeConfig config;
    private final Clock clock;
    private final AnswerLimit answers;

    /** @param clock for how old a POST is */
    RestConnector(ModeConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.answers = AnswerLimit.of(config.maxAnswer().asLongValue());
    }

    @Override
    public ModeApi connect(Workspace workspace, int atOnce, BooleanSupplier mayLeave) {
        var shared = new Shared(workspace.url(), atOnce, secondsIdle(workspace.period()), config.connectTimeout());
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(workspace.url().resolve(workspace.url().getPath() + "/api"))
                .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(config.readTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .property(QuarkusRestClientProperties.SHARED, true)
                .property(QuarkusRestClientProperties.NAME, shared.toString())
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, Math.min(atOnce, MOST_CONNECTIONS))
                .property(QuarkusRestClientProperties.CONNECTION_TTL, shared.secondsIdle())
                .disableDefaultMapper(true)
                .httpClientRequestCustomizer(request -> begin(request, mayLeave))
                .register(new RunBodyWriter(clock))
                .register(authentication(workspace))
                .build(ModeApi.class);
    }

    /**
     * For so long a connection may lie idle: those of one period of the limit serve the next.
     */
    private static int secondsIdle(Duration period) {
        return (int) Math.min(LONGEST_IDLE, period.toSeconds() + 2);
    }

    private void begin(HttpClientRequest request, BooleanSupplier mayLeave) {
        answers.watch(request);
        if (!mayLeave.getAsBoolean()) {
            CallOff.now(request, new PermitExpired(PermitExpired.NOT_OURS));
        }
    }

    private static ResteasyReactiveClientRequestFilter authentication(Workspace workspace) {
        return request -> request.getHeaders()
                .putSingle(
                        HttpHeaders.AUTHORIZATION, workspace.credentials().get().authorization());
    }
}
