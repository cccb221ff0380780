package io.freshet.mode;

import io.freshet.workspace.Workspaces;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.resteasy.reactive.RestResponse;

/** The client of Mode's API, with a wire instead of a socket. */
public final class ModeWiring {

    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    public static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    /**
     * @param heldBack asked when the request is about to be written: why it isn't, where it mustn't be any more
     */
    public record Request(
            String account,
            String method,
            String path,
            Map<String, String> query,
            String body,
            Supplier<Optional<RuntimeException>> heldBack) {

        public boolean isPost() {
            return method.equals("POST");
        }
    }

    public interface Wire {
        Uni<RestResponse<byte[]>> send(Request request);
    }

    private record Settings(
            Duration connectTimeout, Duration readTimeout, MemorySize maxAnswer, DatasetTokens datasetTokens)
            implements ModeConfig {}

    private ModeWiring() {}

    public static Modes modes(
            Workspaces workspaces,
            Clocks clocks,
            Executor workers,
            ScheduledExecutorService timer,
            RandomGenerator random,
            MeterRegistry metrics,
            Wire wire) {
        var settings = new Settings(
                CONNECT_TIMEOUT,
                READ_TIMEOUT,
                new MemorySize(BigInteger.TWO.pow(24)),
                ModeConfig.DatasetTokens.WRAPPED);
        ModeConnector connector = (workspace, atOnce, mayLeave) -> WiredApi.of(workspace, mayLeave, clocks, wire);
        var tracer = OpenTelemetry.noop().getTracer("simulation");
        return new Modes(workspaces, settings, connector, clocks, workers, timer, random, metrics, tracer);
    }
}
