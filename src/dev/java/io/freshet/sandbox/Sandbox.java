package io.freshet.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.time.Duration;

/** Mode's API on a port of this machine, with a workspace that can be changed and faults that can be ordered. */
public final class Sandbox implements AutoCloseable {

    /** Whom runs that were posted name as their executor. */
    public static final String API_USER = "freshet_api";

    private final SandboxSettings settings;
    private final Vertx vertx;
    private final FrontDoors doors;
    private final FrontDoor door;
    private final URI url;
    private final SandboxWorkspace workspace;
    private final CallLog calls = new CallLog();
    private final Faults faults = new Faults();

    private Sandbox(SandboxSettings settings, SandboxWorkspace workspace) {
        this.settings = settings;
        this.workspace = workspace;
        this.vertx = vertx();
        this.doors = new FrontDoors(new TroubleDoor(faults, workspace));
        this.door = open();
        this.url = URI.create("http://localhost:" + listen(settings.port()).actualPort());
    }

    private Sandbox(SandboxSettings settings, SandboxWorkspace workspace, Sandbox first) {
        this.settings = settings;
        this.workspace = workspace;
        this.vertx = first.vertx;
        this.doors = first.doors;
        this.door = open();
        this.url = first.url;
    }

    private FrontDoor open() {
        workspace.endListingsWith(settings.lastPages());
        return doors.open(settings.account(), new FrontDoor(vertx, settings, workspace, calls, faults));
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
        return new Sandbox(settings, workspace);
    }

    /**
     * Another workspace, which is empty, at the same URL, as all of Mode's are; with a limit, faults and a log of its own.
     * They are closed together.
     */
    public Sandbox beside(String account) {
        return new Sandbox(settings.withAccount(account), new SandboxWorkspace(), this);
    }

    private HttpServer listen(int port) {
        // Nobody talks HTTP/2 in the clear to Mode, and a cut connection must cut one call only.
        var options = new HttpServerOptions().setHost("localhost").setPort(port).setHttp2ClearTextEnabled(false);
        try {
            return vertx.createHttpServer(options)
                    .requestHandler(doors)
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

    /** Clocks of Mode's machines: the one that stamps runs, and the front end's, that {@code Date} shows. */
    public void clocksAhead(Duration stamps, Duration dates) {
        workspace.stampsAhead(stamps);
        door.datesAhead(dates);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
