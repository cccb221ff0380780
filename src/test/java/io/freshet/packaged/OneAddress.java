package io.freshet.packaged;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One address for several replicas, as a Service gives them: each connection goes to the next one. */
final class OneAddress implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<URI> replicas;
    private final NetServer server;

    OneAddress(List<URI> replicas) {
        this.replicas = List.copyOf(replicas);
        this.server = vertx.createNetServer()
                .connectHandler(this::connect)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    URI url() {
        return URI.create("http://127.0.0.1:%d/".formatted(server.actualPort()));
    }

    /** How many there have been. */
    int connections() {
        return connections.get();
    }

    private void connect(NetSocket browser) {
        browser.pause();
        var replica = replicas.get(connections.getAndIncrement() % replicas.size());
        client.connect(replica.getPort(), replica.getHost())
                .onSuccess(there -> {
                    browser.pipeTo(there);
                    there.pipeTo(browser);
                })
                .onFailure(nobodyThere -> browser.close());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
