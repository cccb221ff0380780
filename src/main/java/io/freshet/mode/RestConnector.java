package io.freshet.mode;

import io.freshet.workspace.Workspace;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.http.HttpClientRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/** Calls Mode by Quarkus's REST client. */
@ApplicationScoped
class RestConnector implements ModeConnector {

    private static final long LONGEST_IDLE = 60;

    private final ModeConfig config;
    private final Clock clock;

    /** @param clock for how old a POST is */
    RestConnector(ModeConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public ModeApi connect(Workspace workspace, BooleanSupplier mayLeave) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(workspace.url().resolve(workspace.url().getPath() + "/api"))
                .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(config.readTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .property(QuarkusRestClientProperties.CONNECTION_TTL, secondsIdle(workspace.period()))
                .disableDefaultMapper(true)
                .httpClientRequestCustomizer(request -> holdBack(request, mayLeave))
                .register(new RunBodyWriter(clock))
                .register(authentication(workspace))
                .build(ModeApi.class);
    }

    /**
     * For so long a connection may lie idle: those of one period of the limit serve the next. A workspace opens as many as
     * a burst has calls at once, and a replica may have a thousand workspaces.
     */
    private static int secondsIdle(Duration period) {
        return (int) Math.min(LONGEST_IDLE, period.toSeconds() + 2);
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
