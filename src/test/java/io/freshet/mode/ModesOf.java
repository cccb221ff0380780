package io.freshet.mode;

import io.freshet.mode.limit.TakeOver;
import io.freshet.sandbox.Sandbox;
import io.freshet.workspace.WorkspacesOf;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.Map;
import java.util.Random;

/** The client of a sandbox's one workspace, beside the one of the application that runs: nobody else calls with it. */
public final class ModesOf {

    private ModesOf() {}

    /** Without a rate limit, and its owner. */
    public static Modes sandbox(Sandbox sandbox, MeterRegistry metrics) {
        var workspaces = WorkspacesOf.settings(Map.of(
                "freshet.workspace.account", "acme",
                "freshet.workspace.token", "sandbox-token",
                "freshet.workspace.secret", "sandbox-secret",
                "freshet.workspace.url", sandbox.url().toString(),
                "freshet.workspace.rate-limit.requests", "1000000",
                "freshet.workspace.rate-limit.period", "1ms"));
        var tracer = OpenTelemetry.noop().getTracer("test");
        var clocks = Clocks.ofSystem();
        var modes = new Modes(
                workspaces,
                Caller.PATIENCE,
                new RestConnector(Caller.PATIENCE, clocks.steady()),
                clocks,
                Infrastructure.getDefaultExecutor(),
                Infrastructure.getDefaultWorkerPool(),
                new Random(),
                metrics,
                tracer);
        modes.all().forEach(mode -> mode.limit().own(TakeOver.unused()));
        return modes;
    }
}
