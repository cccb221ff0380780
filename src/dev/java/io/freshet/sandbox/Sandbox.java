package io.freshet.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;

/** Mode's API on a port of this machine, with a workspace that can be changed and faults that can be ordered. */
public final class Sandbox implements AutoCloseable {

    /** Whom runs that were posted name as their executor. */
    public static final String API_USER = "freshet_api";

    private final SandboxSettings settings;
    private final Vertx vertx;
    private final FrontDoor door;
    private final URI url;
    private final SandboxWorkspace workspace;
    private final CallLog calls;
    private final Faults faults;

    private Sandbox(SandboxSettings settings, SandboxWorkspace workspace, Vertx vertx) {
        this.settings = settings;
        this.workspace = workspace;
        workspace.endListingsWith(settings.lastPages());
        this.calls = new CallLog();
        this.faults = new Faults();
        this.vertx = vertx;
        this.door = new FrontDoor(vertx, settings, workspace, calls, faults);
        this.url = URI.create("http://localhost:" + listen(settings.port()).actualPort());
    }

    private static Vertx vertx() {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    /** With an empty workspace. */
    public static Sandbox start(SandboxSettings settings) {
        return start(settings, new SandboxWorkspace());
    }

    public static Sandbox start(SandboxSettings settings, SandboxWorkspace workspace) {
        return new Sandbox(settings, workspace, vertx());
    }

    /**
     * Another workspace, which is empty, on a port of its own and with a limit, faults and a log of its own. They share a
     * thread, and are closed together.
     */
    public Sandbox beside(String account) {
        return new Sandbox(settings.withAccount(account).withPort(0), new SandboxWorkspace(), vertx);
    }

    private HttpServer listen(int port) {
        // Nobody talks HTTP/2 in the clear to Mode, and a cut connection must cut one call only.
        var options = new HttpServerOptions().setHost("localhost").setPort(port).setHttp2ClearTextEnabled(false);
        try {
            return vertx.createHttpServer(options)
                    .requestHandler(door)
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (RuntimeException notListening) {
            vertx.close();
            throw notListening;
        }
    }

    /** Without the {@code /api} that its paths begin with. */
    public URI url() {
        return url;
    }

    public SandboxWorkspace workspace() {
        return workspace;
    }

    public CallLog calls() {
        return calls;
    }

    public Faults faults() {
        return faults;
    }

    public RunClock runClock() {
        return workspace.clock();
    }

    /** The old ones are answered 401 from now on. */
    public void credentials(String token, String secret) {
        door.accept(new Credential(token, secret));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
