package io.freshet.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The client of Mode's API and what stands on it, without the flows and so without Kafka. Quarkus makes REST clients
 * when it builds the application, so that there is none without it.
 *
 * <p>The workspace that is configured is at a port where a sandbox may be started.
 */
public final class ModeAlone implements QuarkusTestProfile {

    private static final List<String> CHANNELS = List.of(
            "incoming.upstream-data-changed",
            "incoming.refresh-requested",
            "incoming.inbox",
            "outgoing.to-inbox",
            "outgoing.to-refresh-requested",
            "outgoing.dead-letters");

    @Override
    public Map<String, String> getConfigOverrides() {
        var overrides = new HashMap<String, String>();
        CHANNELS.forEach(channel -> overrides.put("mp.messaging." + channel + ".enabled", "false"));
        overrides.put(
                "quarkus.arc.exclude-types",
                "io.freshet.*,io.freshet.ledger.*,io.freshet.intake.*,io.freshet.replica.*,io.freshet.run.*,io.freshet.telemetry.*,io.freshet.api.*,io.freshet.api.admin.*");
        overrides.put("quarkus.oidc.tenant-enabled", "false");
        overrides.put("quarkus.http.test-port", "0");
        overrides.put("quarkus.management.test-port", "0");
        overrides.put("freshet.workspace.account", "acme");
        overrides.put("freshet.workspace.token", "sandbox-token");
        overrides.put("freshet.workspace.secret", "sandbox-secret");
        overrides.put("freshet.workspace.url", "http://localhost:" + freePort());
        overrides.put("freshet.workspace.rate-limit.requests", "1000000");
        overrides.put("freshet.workspace.rate-limit.period", "1ms");
        return overrides;
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true; // above all the broker
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
