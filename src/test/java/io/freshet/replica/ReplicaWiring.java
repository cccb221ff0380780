package io.freshet.replica;

import io.freshet.mode.Clocks;
import io.freshet.mode.Modes;
import io.freshet.telemetry.log.OncePerMinute;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** The membership in a group of the simulation's, and replicas of a test's. */
public final class ReplicaWiring {

    private ReplicaWiring() {}

    public static Membership membership(
            Supplier<CompletionStage<Set<String>>> members,
            Duration session,
            Duration heartbeat,
            Modes modes,
            Clocks clocks,
            ScheduledExecutorService timer) {
        return new Membership(
                members::get,
                "freshet-owners",
                Math.toIntExact(session.toMillis()),
                Math.toIntExact(heartbeat.toMillis()),
                modes,
                clocks,
                timer);
    }

    /** A replica that says this of itself in the group. */
    public static ThisReplica thisReplica(Optional<String> address, String hosts) {
        return new ThisReplica(config(address, hosts), 8080);
    }

    static ReplicaConfig config(Optional<String> address, String hosts) {
        return new ReplicaConfig() {
            @Override
            public Optional<String> address() {
                return address;
            }

            @Override
            public String hosts() {
                return hosts;
            }
        };
    }

    /** Another one, which says this of itself. */
    public static WorkspaceOwner owner(String said) {
        return new WorkspaceOwner(WorkspaceOwner.clientId(said));
    }

    /** All that is ever measured of the topics. */
    public static void registerMetrics(MeterRegistry registry) {
        TopicWatch.gauge("freshet-inbox", new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), registry);
        var ignored = new Leaderless(List.of("freshet-inbox"), registry, new OncePerMinute());
    }
}
