package io.freshet.mode;

import io.freshet.workspace.Workspace;
import io.freshet.workspace.Workspaces;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

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

    private record Settings(Duration connectTimeout, Duration readTimeout, DatasetTokens datasetTokens)
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
        var settings = new Settings(CONNECT_TIMEOUT, READ_TIMEOUT, ModeConfig.DatasetTokens.WRAPPED);
        ModeConnector connector = (workspace, mayLeave) -> new Wired(workspace, mayLeave, clocks, wire);
        var tracer = OpenTelemetry.noop().getTracer("simulation");
        return new Modes(workspaces, settings, connector, clocks, workers, timer, random, metrics, tracer);
    }

    private record Wired(Workspace workspace, BooleanSupplier mayLeave, Clocks clocks, Wire wire) implements ModeApi {

        private Uni<RestResponse<byte[]>> get(String path) {
            return send("GET", path, Map.of(), "");
        }

        private Uni<RestResponse<byte[]>> page(String path, int page) {
            return send("GET", path, Map.of("page", Integer.toString(page)), "");
        }

        private Uni<RestResponse<byte[]>> send(String method, String path, Map<String, String> query, String body) {
            return wire.send(new Request(workspace.account(), method, path, query, body, this::heldBack));
        }

        private Optional<RuntimeException> heldBack() {
            return mayLeave.getAsBoolean() ? Optional.empty() : Optional.of(new PermitExpired(PermitExpired.NOT_OURS));
        }

        @Override
        public Uni<RestResponse<byte[]>> reportsOfDataset(String account, String dataset, int page) {
            return page("/datasets/" + dataset + "/reports", page);
        }

        @Override
        public Uni<RestResponse<byte[]>> dataset(String account, String dataset) {
            return get("/datasets/" + dataset);
        }

        @Override
        public Uni<RestResponse<byte[]>> datasetsOfDataSource(
                String account,
                String dataSource,
                int page,
                @Nullable String filter,
                @Nullable String order,
                @Nullable String orderBy) {
            return page("/data_sources/" + dataSource + "/datasets", page);
        }

        @Override
        public Uni<RestResponse<byte[]>> datasetsOfSpace(
                String account,
                String space,
                int page,
                @Nullable String filter,
                @Nullable String order,
                @Nullable String orderBy) {
            return page("/spaces/" + space + "/datasets", page);
        }

        @Override
        public Uni<RestResponse<byte[]>> runs(
                String account,
                String report,
                int page,
                @Nullable String filter,
                @Nullable String order,
                @Nullable String orderBy) {
            return page("/reports/" + report + "/runs", page);
        }

        @Override
        public Uni<RestResponse<byte[]>> run(String account, String report, String run) {
            return get("/reports/" + report + "/runs/" + run);
        }

        @Override
        public Uni<RestResponse<byte[]>> report(String account, String report) {
            return get("/reports/" + report);
        }

        @Override
        public Uni<RestResponse<byte[]>> reportsOfSpace(String account, String space, int page) {
            return page("/spaces/" + space + "/reports", page);
        }

        /** The deadline is looked at when nothing is left but to write, as {@link RunBodyWriter} does. */
        @Override
        public Uni<RestResponse<byte[]>> postRun(String account, String report, RunBody body) {
            Supplier<Optional<RuntimeException>> heldBack = () -> heldBack()
                    .or(() -> clocks.steady().instant().isAfter(body.notAfter())
                            ? Optional.of(new PermitExpired("too late"))
                            : Optional.empty());
            return wire.send(new Request(
                    account,
                    "POST",
                    "/reports/" + report + "/runs",
                    Map.of(),
                    new String(LenientJson.bytes(body.json()), StandardCharsets.UTF_8),
                    heldBack));
        }

        @Override
        public Uni<RestResponse<byte[]>> updateDataset(String account, String dataset, byte[] body) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<RestResponse<byte[]>> deleteDataset(String account, String dataset) {
            throw new UnsupportedOperationException();
        }
    }
}
